import { hoursWords, weekdayNames } from '@/components/business/start-words'
import { FieldNote } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { type Option, Select } from '@/components/ui/select'
import { mostPairs, pairOf, typedPairs, weekdayNumbers } from '@/server/scheduling/calendar/model-week'
import styles from './week-fields.module.css'

/** Places to choose from for each stretch, named so; none where hours name no place. */
type Places = { options: readonly Option[]; labelFor: (stretch: string) => string }

type Props = {
  language: 'en' | 'de'
  weekly: Partial<Record<string, readonly (readonly [string, string, string?])[]>>
  /** What was typed before, where it was refused. */
  typed?: Record<string, string>
  wrong?: Record<string, string>
  places?: Places | null
}

/** A week of hours: two stretches a day with a break between them, and always room for one more. */
export function WeekFields({ language, weekly, typed, wrong = {}, places }: Props) {
  return (
    <div className={styles.week}>
      {weekdayNumbers.map((day, index) => (
        <DayFields
          key={day}
          day={day}
          name={weekdayNames[language][index] ?? day}
          language={language}
          ranges={weekly[day] ?? []}
          typed={typed}
          error={wrong[`day-${day}`]}
          places={places}
        />
      ))}
    </div>
  )
}

type DayProps = {
  day: string
  name: string
  language: 'en' | 'de'
  ranges: readonly (readonly [string, string, string?])[]
  typed?: Record<string, string>
  error?: string
  places?: Places | null
}

export function DayFields({ day, name, language, ranges, typed, error, places }: DayProps) {
  const words = hoursWords[language]
  const note = `day-${day}-note`
  const used = typed ? typedPairs(typed, day) : ranges.length
  const pairs = Math.min(Math.max(2, used + 1), mostPairs)
  const field = (n: number, edge: 'from' | 'to') => {
    const own = pairOf(day, n)[edge]
    const known = ranges[n]?.[edge === 'from' ? 0 : 1]
    return (
      <Input
        type="time"
        name={own}
        aria-label={`${name}, ${n > 0 ? `${words.and} ` : ''}${words[edge]}`}
        defaultValue={typed ? (typed[own] ?? '') : known === '24:00' ? '00:00' : known}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? note : undefined}
      />
    )
  }
  return (
    <fieldset className={styles.day}>
      <legend>{name}</legend>
      <div className={styles.pairs} data-places={places ? '' : undefined}>
        {Array.from({ length: pairs }, (_, n) => (
          <span key={pairOf(day, n).from} className={styles.pair}>
            {n > 0 ? <span className={styles.and}>{words.and}</span> : null}
            {field(n, 'from')}
            <span aria-hidden="true">–</span>
            {field(n, 'to')}
            {places ? <PlaceField {...{ day, n, places, typed }} name={name} value={ranges[n]?.[2]} /> : null}
          </span>
        ))}
      </div>
      <FieldNote id={note} error={error} />
    </fieldset>
  )
}

type PlaceProps = {
  day: string
  n: number
  name: string
  places: Places
  typed?: Record<string, string>
  value?: string
}

function PlaceField({ day, n, name, places, typed, value }: PlaceProps) {
  const own = pairOf(day, n).place
  return (
    <span className={styles.place}>
      <Select
        name={own}
        aria-label={places.labelFor(`${name}, ${n + 1}`)}
        defaultValue={(typed ? typed[own] : value) ?? ''}
        options={places.options}
      />
    </span>
  )
}
