'use client'

import { createContext, type ReactNode, useContext } from 'react'
import type { Place } from './places'

export type Who = { userId: string; name: string; places: readonly Place[]; unread: number }

const Known = createContext<Who | null>(null)

/** Whoever is signed in, for the frame around each page. */
export function WhoProvider({ who, children }: { who: Who | null; children: ReactNode }) {
  return <Known value={who}>{children}</Known>
}

export const useWho = (): Who | null => useContext(Known)
