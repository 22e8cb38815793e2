import { GoesOnChange } from '@/components/calendar/goes-on-change'
import { holidayWords } from '@/components/provider/holiday-words'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/choice'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { today } from '@/server/core/time'
import type { Draft } from '@/server/forms'
import {
  closedDays,
  countries,
  countryOf,
  type Holiday,
  holidaysAhead,
  keptOpen,
  regionsOf,
} from '@/server/scheduling/calendar/model-holidays'
import type { Rules } from '@/server/scheduling/calendar/model-rules'
import { previewRules } from '@/server/scheduling/calendar/preview-rules'
import styles from '../../admin.module.css'
import type { Desk } from '../../desk'
import { ImpactAndSave, lookedAt, lookOr } from '../../impact'

type Props = {
  desk: Desk
  path: string
  providerId: string
  rules: Rules
  given: Record<string, string | undefined>
  draft: Draft | null
}

/** Whose public holidays are closed, by name, for two years; each of them may stay open. */
export async function HolidaysCard({ desk, path, providerId, rules, given, draft }: Props) {
  const { language, manages } = desk
  const words = holidayWords[language]
  const looked = lookedAt('holidays', given, draft)
  const saved = rules.holidays
  const all = await countries(language)
  const wanted = wantedIn(looked?.typed ?? given) ?? saved?.region ?? (await countryOf(rules.timeZone))
  const country = all.find(({ code }) => code === wanted?.split('-')[0])
  const parts = country ? await regionsOf(country.code, language) : []
  const region = parts.find(({ code }) => code === wanted) ?? country
  const now = today(rules.timeZone, Date.now())
  const holidays = region ? await holidaysAhead(region.code, now, language) : []
  const regionName = saved && [...all, ...parts].find((each) => each.code === saved.region)?.name
  const savedOpen = saved && saved.region === region?.code ? saved.open : []
  const typedOpen = keptOpen(Object.entries(looked?.typed ?? {}))
  const isOpen = (rule: string) =>
    (looked?.typed[`open-${rule}`] === undefined ? savedOpen : typedOpen).includes(rule)
  // What was kept open and does not come within the years that are listed stays so.
  const named = [...new Set([...holidays.map(({ rule }) => rule), ...savedOpen])]
  const open = named.filter(isOpen)
  const everybody = manages && looked?.typed.everybody !== undefined
  const impact =
    region && holidays.length > 0 && (looked || given.region || given.country)
      ? await impactOf(desk, { providerId, everybody }, { region: region.code, open }, now)
      : null
  return (
    <Card title={words.title} id="holidays">
      <p className="quiet small">{words.under}</p>
      <p>{saved ? words.taken(regionName ?? saved.region) : words.notTaken}</p>
      <GoesOnChange action={path} className={styles.special}>
        <Field label={words.country}>
          {(control) => (
            <Select
              {...control}
              key={country?.code}
              name="country"
              defaultValue={country?.code ?? ''}
              options={[
                ...(country ? [] : [{ value: '', label: words.choose }]),
                ...all.map((each) => ({ value: each.code, label: each.name })),
              ]}
            />
          )}
        </Field>
        {parts.length > 0 ? (
          <Field label={words.region}>
            {(control) => (
              <Select
                {...control}
                key={region?.code}
                name="region"
                defaultValue={region?.code}
                options={[
                  { value: country?.code ?? '', label: words.whole },
                  ...parts.map((each) => ({ value: each.code, label: each.name })),
                ]}
              />
            )}
          </Field>
        ) : null}
        <noscript>
          <Button type="submit">{words.show}</Button>
        </noscript>
      </GoesOnChange>
      {region ? (
        <form method="post" action={`${path}/holidays`} className={styles.form} key={region.code}>
          <input type="hidden" name="region" value={region.code} />
          {named.map((rule) => (
            <input key={rule} type="hidden" name={`open-${rule}`} value="1" />
          ))}
          {holidays.length === 0 ? <p className="quiet">{words.none}</p> : null}
          {holidays.length > 0 ? (
            <>
              <Closed {...{ desk, holidays, isOpen }} />
              {manages ? (
                <Checkbox name="everybody" label={words.everybody} defaultChecked={everybody} />
              ) : null}
              <ImpactAndSave name="holidays" at={path} {...{ desk, impact, looked }} />
            </>
          ) : null}
        </form>
      ) : null}
      {saved ? (
        <form method="post" action={`${path}/holidays`}>
          <Button type="submit" name="stop" value="1">
            {words.stop}
          </Button>
        </form>
      ) : null}
    </Card>
  )
}

/** What was chosen in the address. A region of another country than the one chosen since does not count. */
function wantedIn({ country, region }: Record<string, string | undefined>): string | undefined {
  return country && region !== country && !region?.startsWith(`${country}-`) ? country : (region ?? country)
}

type ClosedProps = { desk: Desk; holidays: readonly Holiday[]; isOpen: (rule: string) => boolean }

function Closed({ desk: { language, locale }, holidays, isOpen }: ClosedProps) {
  const words = holidayWords[language]
  const day = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
  return (
    <fieldset className={styles.group}>
      <legend>{words.closed}</legend>
      <div className="stack">
        <p className="quiet small">{words.openHint}</p>
        <div className={styles.grid}>
          {holidays.map(({ rule, name, dates }) => (
            <Checkbox
              key={rule}
              name={`closed-${rule}`}
              label={name}
              hint={dates.map((date) => day.format(Date.parse(date))).join(' · ')}
              defaultChecked={!isOpen(rule)}
            />
          ))}
        </div>
      </div>
    </fieldset>
  )
}

type Whose = { providerId: string; everybody: boolean }
type Wanted = { region: string; open: readonly string[] }

async function impactOf(desk: Desk, whose: Whose, { region, open }: Wanted, now: string) {
  const { businessId, call } = desk
  const change = { holidays: await closedDays(region, open, now) }
  return (await lookOr(desk, previewRules.execute({ businessId, ...whose, change }, call))).impact
}
