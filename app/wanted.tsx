import type { ProviderWords } from '@/components/provider/words'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Search } from '@/components/ui/icons'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { usualCurrencies } from '@/server/business/business/model-guess'
import { parsePrice } from '@/server/business/service/model-price'
import { DAY } from '@/server/core/time'
import styles from './page.module.css'

export type Wanted = {
  q: string
  service: string
  place: string
  upTo: string
  currency: string
  within: string
  cursor: string
}

const fields = ['q', 'service', 'place', 'upTo', 'currency', 'within', 'cursor'] as const
const spans = [1, 3, 7]

/** What somebody looks for, from the address alone: it can be kept and passed on. */
export function wantedOf(query: Record<string, unknown>, currency: string): Wanted {
  const given = fields.map((name) => [name, typeof query[name] === 'string' ? query[name].trim() : ''])
  const wanted = Object.fromEntries(given) as Wanted
  const known = usualCurrencies.includes(wanted.currency) ? wanted.currency : currency
  const within = spans.includes(Number(wanted.within)) ? wanted.within : ''
  return {
    ...wanted,
    q: wanted.q.slice(0, 100),
    service: wanted.service.slice(0, 100),
    place: wanted.place.slice(0, 100),
    currency: known,
    within,
  }
}

/** The same as the search takes it. A price that is none asks for nothing, and its field says so. */
export function askedOf({ q, service, place, upTo, currency, within, cursor }: Wanted, now: number) {
  const amount = upTo ? parsePrice(upTo, currency) : null
  return {
    ...(q ? { q } : {}),
    ...(service ? { service } : {}),
    ...(place ? { place } : {}),
    ...(amount === null ? {} : { maxAmount: amount, currency }),
    ...(within ? { until: new Date(now + Number(within) * DAY).toISOString() } : {}),
    ...(cursor ? { cursor } : {}),
  }
}

export function addressOf({ currency, ...wanted }: Wanted, cursor: string): string {
  const said = { ...wanted, ...(wanted.upTo ? { currency } : {}), cursor }
  return `/?${new URLSearchParams(Object.entries(said).filter(([, value]) => value))}`
}

/** One form that leads to an address; what narrows it further is folded away until it is used. */
export function WantedForm({ wanted, words }: { wanted: Wanted; words: ProviderWords }) {
  const { q, service, place, upTo, currency, within } = wanted
  const wrongPrice = upTo !== '' && parsePrice(upTo, currency) === null
  return (
    <search>
      <form className={styles.search} action="/" method="get">
        <label htmlFor="q">{words.what}</label>
        <div className={styles.words}>
          <Input id="q" name="q" type="search" defaultValue={q} maxLength={100} />
          <Button type="submit" tone="primary" icon={<Search />}>
            {words.search}
          </Button>
        </div>
        <details open={Boolean(service || place || upTo || within)}>
          <summary>{words.filters}</summary>
          <div className={styles.filters}>
            <Field label={words.service}>
              {(control) => <Input {...control} name="service" defaultValue={service} maxLength={100} />}
            </Field>
            <Field label={words.where} hint={words.whereHint}>
              {(control) => <Input {...control} name="place" defaultValue={place} maxLength={100} />}
            </Field>
            <Field label={words.upTo} error={wrongPrice ? words.wrongPrice : undefined}>
              {(control) => (
                <Input {...control} name="upTo" inputMode="decimal" defaultValue={upTo} maxLength={12} />
              )}
            </Field>
            <Field label={words.currency}>
              {(control) => (
                <Select
                  {...control}
                  name="currency"
                  defaultValue={currency}
                  options={usualCurrencies.map((value) => ({ value, label: value }))}
                />
              )}
            </Field>
            <Field label={words.within}>
              {(control) => (
                <Select
                  {...control}
                  name="within"
                  defaultValue={within}
                  options={[
                    { value: '', label: words.anyTime },
                    ...spans.map((n) => ({ value: String(n), label: words.days(n) })),
                  ]}
                />
              )}
            </Field>
          </div>
          {service || place || upTo || within ? (
            <p className="small">
              <a href={q ? `/?${new URLSearchParams({ q })}` : '/'}>{words.clear}</a>
            </p>
          ) : null}
        </details>
      </form>
    </search>
  )
}
