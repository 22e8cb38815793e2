'use client'

import { createContext, type ReactNode, useContext } from 'react'
import type { Language } from '@/server/request'
import { type Words, words } from './words'

const Spoken = createContext<Language>('en')

/** The page's language, for all that speaks in it. */
export function LanguageProvider({ language, children }: { language: Language; children: ReactNode }) {
  return <Spoken value={language}>{children}</Spoken>
}

export const useLanguage = (): Language => useContext(Spoken)
export const useWords = (): Words => words[useLanguage()]

type Plain = { [K in keyof Words]: Words[K] extends string ? K : never }[keyof Words]

/** One of the primitives' own words, also where the rest is drawn by the server. */
export const Word = ({ of }: { of: Plain }) => <>{useWords()[of]}</>
