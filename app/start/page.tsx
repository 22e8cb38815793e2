import { redirect } from 'next/navigation'
import { titled } from '@/app/around'
import { AddressField } from '@/components/business/address-field'
import { OwnZone } from '@/components/business/own-zone'
import { startWords } from '@/components/business/start-words'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Note } from '@/components/ui/note'
import { Select } from '@/components/ui/select'
import { guessFrom } from '@/server/business/business/model-guess'
import { listOwnBusinesses, showOwnBusiness } from '@/server/business/business/queries'
import type { Call } from '@/server/core/command'
import { config } from '@/server/core/config'
import { draftOf, signInFirst } from '@/server/forms'
import { cookieOf } from '@/server/request'
import { Frame } from './frame'
import { visit } from './own'
import styles from './start.module.css'

export const generateMetadata = titled(startWords, (words) => words.title, { robots: { index: false } })

type Props = { searchParams: Promise<{ again?: string | string[] }> }

const zones = Intl.supportedValuesOf('timeZone')
const currencies = Intl.supportedValuesOf('currency')

/** The first of three questions: what the business is called, and where its page is. */
export default async function StartPage({ searchParams }: Props) {
  const { call, language, headers } = await visit()
  if (call.actor.kind !== 'user') redirect(signInFirst('/start'))
  const words = startWords[language]
  const draft = draftOf(headers, 'start', (await searchParams).again)
  const guess = guessFrom(headers.get('accept-language') ?? '', cookieOf(headers, 'zone'))
  const timeZone = draft?.typed.timeZone ?? guess.timeZone
  const currency = draft?.typed.currency ?? guess.currency
  const names = new Intl.DisplayNames(language, { type: 'currency' })
  const wrong = draft ? said(draft.wrong, draft.code, words.errors) : {}
  return (
    <Frame language={language} at={0} title={words.business} under={words.businessUnder}>
      {(await unfinished(call)).map((one) => (
        <Note
          key={one.slug}
          title={words.goOn}
          actions={<Button href={`/start/${one.slug}/service`}>{words.goOnWith(one.name)}</Button>}
        />
      ))}
      {draft ? (
        <Note tone="bad" role="alert">
          {draft.code === 'malformed' || draft.code === 'address_taken' ? words.check : words.errors.other}
        </Note>
      ) : null}
      <form method="post" action="/start/create" className={styles.form} noValidate>
        <AddressField
          words={{
            name: words.name,
            address: words.address,
            addressHint: words.addressHint,
            checking: words.checking,
            addressFree: words.addressFree,
            errors: words.errors,
          }}
          before={`${new URL(config().PUBLIC_URL).host}/b/`}
          typed={{ name: draft?.typed.name, slug: draft?.typed.slug }}
          wrong={{ name: wrong.name, slug: wrong.slug }}
        />
        <div className={styles.pair}>
          <Field label={words.zone} error={wrong.timeZone} id="zone">
            {(control) => (
              <Select
                {...control}
                name="timeZone"
                defaultValue={timeZone}
                options={[...new Set([timeZone, ...zones, 'UTC'])]
                  .sort()
                  .map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
              />
            )}
          </Field>
          <Field label={words.currency} error={wrong.currency}>
            {(control) => (
              <Select
                {...control}
                name="currency"
                defaultValue={currency}
                options={currencies.map((value) => ({
                  value,
                  label: `${value} · ${names.of(value) ?? value}`,
                }))}
              />
            )}
          </Field>
        </div>
        {draft ? null : <OwnZone list="zone" />}
        <div className={styles.actions}>
          <span />
          <Button type="submit" tone="primary" size="large">
            {words.next}
          </Button>
        </div>
      </form>
    </Frame>
  )
}

type Errors = (typeof startWords)['en']['errors']

function said(wrong: Record<string, string>, code: string, words: Errors): Record<string, string> {
  const fields = Object.entries(wrong).map(([name, why]) => {
    if (name === 'slug' && why === 'is reserved') return [name, words.reserved]
    return [name, words[name as keyof Errors] ?? words.other]
  })
  return { ...Object.fromEntries(fields), ...(code === 'address_taken' ? { slug: words.taken } : {}) }
}

/** Businesses one has begun and nobody can see yet. */
async function unfinished(call: Call) {
  const { businesses } = await listOwnBusinesses.execute({}, call)
  const owned = businesses.filter((b) => b.roles.includes('owner'))
  const shown = await Promise.all(
    owned.slice(0, 5).map(({ businessId }) => showOwnBusiness.execute({ businessId }, call)),
  )
  return shown.filter((b) => b.published === 0)
}
