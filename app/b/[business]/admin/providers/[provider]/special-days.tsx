import { DayFields } from '@/components/provider/week-fields'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { today } from '@/server/core/time'
import type { Draft } from '@/server/forms'
import { isSpan, specialSpans } from '@/server/scheduling/calendar/model-change'
import { rangesFrom } from '@/server/scheduling/calendar/model-entry'
import { placesNamed, type Range, type Rules } from '@/server/scheduling/calendar/model-rules'
import { previewRules } from '@/server/scheduling/calendar/preview-rules'
import styles from '../../admin.module.css'
import type { Desk } from '../../desk'
import { ImpactAndSave, lookedAt, lookOr } from '../../impact'
import { type Choices, choicesFor, perStretch } from '../../places/choices'

type Props = {
  desk: Desk
  path: string
  providerId: string
  overrides: Rules['overrides']
  zone: string
  given: Record<string, string | undefined>
  draft: Draft | null
}

const stretchOf = ([from, to, place]: Range, { nameOf }: Choices) =>
  [`${from} – ${to}`, nameOf(place)].filter(Boolean).join(' ')

/** Days unlike their week, from today on: holidays, a late evening. */
export async function SpecialDays(props: Props) {
  const { desk, path, providerId, overrides, zone, given, draft } = props
  const { businessId, call, words, locale, language } = desk
  const now = today(zone, Date.now())
  const looked = lookedAt('day', given, draft)
  const date = looked?.typed.date ?? ''
  const through = looked?.typed.through || undefined
  const ranges = looked?.typed.usual ? null : rangesFrom((name) => looked?.typed[name] ?? null, 'special')
  const { impact } =
    isSpan({ date, through }) && (ranges || looked?.typed.usual)
      ? await lookOr(
          desk,
          previewRules.execute({ businessId, providerId, change: { date, through, ranges } }, call),
        )
      : { impact: null }
  const ahead = specialSpans(overrides, now)
  const choices = await choicesFor(
    desk,
    placesNamed({ overrides: Object.fromEntries(ahead.map((span) => [span.date, [...span.ranges]])) }),
  )
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' })
  const days = (first: string, last: string) => format.formatRange(Date.parse(first), Date.parse(last))
  return (
    <Card title={words.fields.special} id="special">
      <p className="quiet small">{words.fields.specialUnder}</p>
      {ahead.length === 0 ? (
        <p className="quiet">{words.fields.noSpecial}</p>
      ) : (
        <ul>
          {ahead.map(({ date, through, ranges }) => (
            <li key={date} className={styles.row}>
              <span>
                {days(date, through)}:{' '}
                {ranges.length === 0
                  ? words.fields.closed
                  : ranges.map((range) => stretchOf(range, choices)).join(', ')}
              </span>
              <form method="post" action={`${path}/day`}>
                <input type="hidden" name="date" value={date} />
                <input type="hidden" name="through" value={through} />
                <input type="hidden" name="usual" value="1" />
                <Button
                  type="submit"
                  size="small"
                  aria-label={`${words.fields.asUsual}: ${days(date, through)}`}
                >
                  {words.fields.asUsual}
                </Button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <form method="post" action={`${path}/day`} className={styles.form} noValidate>
        {looked?.typed.usual ? (
          <p>
            {words.fields.asUsual}: {days(date, through ?? date)}
            <input type="hidden" name="date" value={date} />
            <input type="hidden" name="through" value={through ?? ''} />
            <input type="hidden" name="usual" value="1" />
          </p>
        ) : (
          <>
            <div className={styles.special}>
              <Field label={words.date} error={draft?.wrong.date}>
                {(control) => (
                  <Input
                    {...control}
                    type="date"
                    name="date"
                    min={now}
                    defaultValue={looked?.typed.date ?? ''}
                  />
                )}
              </Field>
              <Field label={words.fields.through} error={draft?.wrong.through} optional>
                {(control) => (
                  <Input
                    {...control}
                    type="date"
                    name="through"
                    min={now}
                    defaultValue={looked?.typed.through ?? ''}
                  />
                )}
              </Field>
            </div>
            <DayFields
              day="special"
              name={words.time}
              language={language}
              ranges={[]}
              places={perStretch(choices)}
              typed={looked?.typed}
              error={looked && !ranges && !looked.isTyping ? words.errors.day : undefined}
            />
          </>
        )}
        <ImpactAndSave name="day" at={path} save={words.fields.addDay} {...{ desk, impact, looked }} />
      </form>
    </Card>
  )
}
