'use client'

import { useEffect, useRef, useState } from 'react'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { slugFrom } from '@/server/business/business/model-slug'
import type { StartWords } from './start-words'

type Props = {
  words: Pick<StartWords, 'name' | 'address' | 'addressHint' | 'checking' | 'addressFree' | 'errors'>
  before: string
  typed: { name?: string; slug?: string }
  wrong: { name?: string; slug?: string }
}

type Verdict = 'free' | 'taken' | 'reserved' | 'slug'
const pauseMs = 250

/** A name, and the address that follows from it until somebody writes another; looked up while it is typed. */
export function AddressField({ words, before, typed, wrong }: Props) {
  const [slug, setSlug] = useState(typed.slug ?? '')
  const [verdict, setVerdict] = useState<Verdict | 'checking'>()
  const own = useRef(Boolean(typed.slug))
  const [first] = useState(slug)
  useEffect(() => {
    if (slug === '' || slug === first) return setVerdict(undefined)
    setVerdict('checking')
    const stop = new AbortController()
    const timer = setTimeout(async () => {
      const asked = await fetch(`/start/address?${new URLSearchParams({ slug })}`, {
        signal: stop.signal,
      }).catch(() => null)
      const said = asked?.ok ? ((await asked.json()) as { verdict: Verdict }) : null
      if (!stop.signal.aborted) setVerdict(said?.verdict)
    }, pauseMs)
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [slug, first])
  const untouched = slug === first
  const error =
    verdict && verdict !== 'free' && verdict !== 'checking'
      ? words.errors[verdict]
      : untouched
        ? wrong.slug
        : undefined
  const hint =
    verdict === 'free' ? words.addressFree : verdict === 'checking' ? words.checking : words.addressHint
  return (
    <>
      <Field label={words.name} error={wrong.name}>
        {(control) => (
          <Input
            {...control}
            name="name"
            defaultValue={typed.name}
            maxLength={120}
            required
            autoComplete="organization"
            onChange={(event) => {
              if (!own.current) setSlug(slugFrom(event.target.value))
            }}
          />
        )}
      </Field>
      <div aria-live="polite">
        <Field label={words.address} hint={hint} error={error}>
          {(control) => (
            <Input
              {...control}
              name="slug"
              value={slug}
              maxLength={40}
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
              before={before}
              onChange={(event) => {
                own.current = event.target.value !== ''
                setSlug(event.target.value.toLowerCase())
              }}
            />
          )}
        </Field>
      </div>
    </>
  )
}
