'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiProvider } from '@/components/api/query-client'
import { useTrpc } from '@/components/api/trpc'
import { Combobox } from '@/components/ui/combobox'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import styles from './calendar.module.css'
import { calendarWords } from './words'

type Props = {
  businessId: string
  language: 'en' | 'de'
  typed: Record<string, string>
  wrong: Record<string, string>
}

/** Somebody the business knows, found by a few letters; or somebody new. */
export const ClientField = (props: Props) => (
  <ApiProvider>
    <Whom {...props} />
  </ApiProvider>
)

function Whom({ businessId, language, typed, wrong }: Props) {
  const words = calendarWords[language].book
  const [q, setQ] = useState('')
  const [known, setKnown] = useState<{ value: string; label: string; hint?: string } | null>(null)
  const { data, isFetching } = useQuery(
    useTrpc().contact.search.queryOptions({ businessId, q: q.trim() }, { enabled: q.trim().length >= 2 }),
  )
  const found = (q.trim().length < 2 ? [] : (data?.contacts ?? [])).map(({ id, name, email, phone }) => ({
    value: id,
    label: name ?? '',
    hint: email ?? phone ?? undefined,
  }))
  const options = known && !found.some((one) => one.value === known.value) ? [known, ...found] : found
  const line = (name: 'name' | 'email' | 'phone', type: string, complete: string) => (
    <Field label={words[name]} error={wrong[name]}>
      {(control) => (
        <Input
          {...control}
          name={name}
          type={type}
          maxLength={254}
          autoComplete={complete}
          defaultValue={typed[name]}
        />
      )}
    </Field>
  )
  return (
    <div className={styles.client}>
      <Field label={words.find} hint={words.findHint}>
        {(control) => (
          <Combobox
            control={control}
            name="contact"
            options={options}
            value={known?.value ?? null}
            loading={isFetching}
            onType={setQ}
            onChange={(value) => setKnown(options.find((one) => one.value === value) ?? null)}
          />
        )}
      </Field>
      {known ? null : (
        <>
          {line('name', 'text', 'off')}
          <div className={styles.pair}>
            {line('email', 'email', 'off')}
            {line('phone', 'tel', 'off')}
          </div>
          {wrong.reach ? (
            <p className={styles.wrong}>{wrong.reach}</p>
          ) : (
            <p className={styles.hint}>{words.reach}</p>
          )}
        </>
      )}
    </div>
  )
}
