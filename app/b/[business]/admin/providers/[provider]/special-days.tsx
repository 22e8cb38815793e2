import { DayFields } from '@/components/provider/week-fields'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { today } from '@/server/core/time'
import type { Draft } from '@/server/forms'
import type { Rules } from '@/server/scheduling/calendar/model-rules'
import styles from '../../admin.module.css'
import type { Desk } from '../../desk'

type Props = { desk: Desk; path: string; overrides: Rules['overrides']; zone: string; draft: Draft | null }

/** Days unlike their week, from today on: holidays, a late evening. */
export function SpecialDays({ desk, path, overrides, zone, draft }: Props) {
  const { words, locale, language } = desk
  const now = today(zone, Date.now())
  const ahead = Object.entries(overrides)
    .filter(([date]) => date >= now)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' })
  return (
    <Card title={words.fields.special} id="special">
      <p className="quiet small">{words.fields.specialUnder}</p>
      {ahead.length === 0 ? (
        <p className="quiet">{words.fields.noSpecial}</p>
      ) : (
        <ul>
          {ahead.map(([date, ranges]) => (
            <li key={date} className={styles.row}>
              <span>
                {day.format(Date.parse(date))}:{' '}
                {ranges.length === 0
                  ? words.fields.closed
                  : ranges.map(([from, to]) => `${from} – ${to}`).join(', ')}
              </span>
              <form method="post" action={`${path}/day`}>
                <input type="hidden" name="date" value={date} />
                <input type="hidden" name="usual" value="1" />
                <Button
                  type="submit"
                  size="small"
                  aria-label={`${words.fields.asUsual}: ${day.format(Date.parse(date))}`}
                >
                  {words.fields.asUsual}
                </Button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <form method="post" action={`${path}/day`} className={styles.form} noValidate>
        <div className={styles.special}>
          <Field label={words.date} error={draft?.wrong.date}>
            {(control) => (
              <Input {...control} type="date" name="date" min={now} defaultValue={draft?.typed.date ?? ''} />
            )}
          </Field>
        </div>
        <DayFields
          day="special"
          name={words.time}
          language={language}
          ranges={[]}
          typed={draft?.typed}
          error={draft?.wrong['day-special']}
        />
        <div>
          <Button type="submit">{words.fields.addDay}</Button>
        </div>
      </form>
    </Card>
  )
}
