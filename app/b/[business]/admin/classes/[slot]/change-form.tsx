import { type ClassWords, classWords } from '@/components/series/class-words'
import { ImpactList, when } from '@/components/series/impact-list'
import { RepeatFields } from '@/components/series/repeat-fields'
import { describeRepeat } from '@/components/series/repeat-words'
import repeatStyles from '@/components/series/series.module.css'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox, RadioGroup } from '@/components/ui/choice'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Note } from '@/components/ui/note'
import { Once } from '@/components/ui/once'
import type { Impact } from '@/server/scheduling/series/model-impact'
import styles from '../../admin.module.css'
import type { Desk } from '../../desk'
import type { Choices } from '../../places/choices'
import { attempt, carried, repeatNames, type Typed, type Wrong } from '../form'
import { PlaceField } from '../place-field'
import { changeOf, leaveOutName, leftOutIn, type ShownSlot, scopeOf, scopesOf, typedOf } from './change'

type Props = { desk: Desk; slot: ShownSlot; given: Typed; choices: Choices }

/** What was typed once something was looked at, else how it is. */
const typedNow = (slot: ShownSlot, given: Typed): Typed => (given.look ? given : typedOf(slot))

export const wordsFor = ({ errors }: ClassWords, wrong: Wrong): Wrong =>
  Object.fromEntries(
    Object.entries(wrong).map(([field, why]) => [field, errors[field as keyof typeof errors] ?? why]),
  )

export function ChangeForm({ desk, slot, given, choices }: Props) {
  const { businessId, language, locale, root } = desk
  const words = classWords[language]
  const typed = typedNow(slot, given)
  const scopes = scopesOf(slot)
  const wrong = given.look ? wordsFor(words, changeOf(businessId, slot, typed).wrong) : {}
  const line = (name: 'date' | 'time' | 'minutes' | 'places', type?: string) => (
    <Field label={words.fields[name]} error={wrong[name]}>
      {(control) => (
        <Input
          {...control}
          name={name}
          type={type}
          maxLength={10}
          inputMode={type ? undefined : 'numeric'}
          defaultValue={typed[name]}
        />
      )}
    </Field>
  )
  return (
    <Card title={words.edit}>
      <form method="get" action={`${root}/classes/${slot.id}`} className={styles.form} noValidate>
        {scopes.length > 1 ? (
          <RadioGroup
            legend={words.fields.scope}
            name="scope"
            defaultValue={scopeOf(slot, given.scope)}
            options={scopes.map((value) => ({ value, label: words.scopes[value] }))}
          />
        ) : null}
        <div className={styles.grid}>
          <div className={repeatStyles.alone}>{line('date', 'date')}</div>
          {line('time', 'time')}
          {line('minutes')}
          {line('places')}
          <PlaceField choices={choices} value={typed.place} wrong={undefined} />
        </div>
        <div className={repeatStyles.alone}>
          <Checkbox
            name="open"
            label={words.fields.isAvailable}
            hint={words.fields.isAvailableHint}
            defaultChecked={Boolean(typed.open)}
          />
        </div>
        {slot.series && scopes.length > 1 ? (
          <div className={repeatStyles.whole}>
            <RepeatFields
              words={words}
              locale={locale}
              typed={typed}
              wrong={wrong}
              choices={['keep', 'daily', 'weekly', 'monthly-date', 'monthly-weekday', 'monthly-last']}
              now={describeRepeat(slot.series, language, locale)}
            />
          </div>
        ) : null}
        <div className={styles.actions}>
          <Button type="submit" name="look" value="1" tone={given.look ? 'default' : 'primary'}>
            {words.lookAgain}
          </Button>
        </div>
      </form>
    </Card>
  )
}

const names = ['scope', 'date', 'time', 'minutes', 'places', 'place', 'open', ...repeatNames]

/** What the change would bring about, and the button that does it. Days that are in the way can be left out of it. */
export async function ChangePreview({ desk, slot, given, choices }: Props) {
  const { businessId, call, language, locale, root } = desk
  const words = classWords[language]
  const path = `${root}/classes/${slot.id}`
  const zone = slot.timeZone
  const change = changeOf(businessId, slot, given)
  if (Object.keys(change.wrong).length > 0) return null
  const found = await attempt(change.preview(call))
  if ('wrong' in found)
    return <Note tone="bad">{found.wrong.place ? choices.words.notThere : desk.words.refused}</Note>
  const impact = found.answer
  const { created, changed, lost, clashes } = impact
  const out = leftOutIn(given)
  if (created.length + changed.length + lost.length + out.length === 0) return <Note>{words.nothing}</Note>
  const leavable = scopeOf(slot, given.scope) !== 'this'
  return (
    <Card title={words.wouldChange}>
      <form method="post" action={`${path}/save`} className="stack">
        <Once />
        {carried(given, names).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <input type="hidden" name="version" value={impact.version} />
        <ImpactList
          {...{ impact, words, locale, zone }}
          placeName={(place) => choices.nameOf(place) ?? choices.words.asUsual}
          slotAt={(id) => `${root}/classes/${id}`}
          leaveOut={
            leavable
              ? (day, people) => (
                  <Checkbox
                    name={leaveOutName(day.date)}
                    label={words.leaveOutOf(people)}
                    aria-label={`${when(day, { locale, zone })}: ${words.leaveOutOf(people)}`}
                    defaultChecked
                  />
                )
              : undefined
          }
        />
        <LeftOut days={out} {...{ words, locale }} />
        {clashes === 0 ? toldOf(impact, words).map((line) => <p key={line}>{line}</p>) : null}
        <div className={styles.actions}>
          <Button
            type="submit"
            tone={clashes > 0 && leavable ? 'default' : 'primary'}
            whyNot={clashes > 0 ? (leavable ? words.whyNot : words.whyNotThis) : null}
          >
            {words.save}
          </Button>
          {leavable && clashes + out.length > 0 ? (
            <Button
              type="submit"
              formMethod="get"
              formAction={path}
              name="look"
              value="1"
              tone={clashes > 0 ? 'primary' : 'default'}
            >
              {clashes > 0 ? words.leaveThemOut : words.lookAgain}
            </Button>
          ) : null}
        </div>
      </form>
    </Card>
  )
}

type LeftOutProps = { days: readonly string[]; words: ClassWords; locale: string }

function LeftOut({ days, words, locale }: LeftOutProps) {
  if (days.length === 0) return null
  const day = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  })
  return (
    <fieldset className={styles.group}>
      <legend>{words.leftOut}</legend>
      {days.map((date) => (
        <Checkbox key={date} name={leaveOutName(date)} label={day.format(Date.parse(date))} defaultChecked />
      ))}
    </fieldset>
  )
}

/** Who hears of it, and why. */
function toldOf({ changed, lost, people }: Impact, words: ClassWords): string[] {
  const moves = changed.filter(
    (c) => c.startTime !== c.was.startTime || c.endTime !== c.was.endTime || c.place !== c.was.place,
  )
  const moved = moves.flatMap((c) => c.people).length
  const cancelled = lost.flatMap((l) => l.people).length
  if (moved + cancelled === 0) return [people > 0 ? words.keepPlaces : words.nobody]
  return [
    ...(moved > 0 ? [words.toldMoved(moved)] : []),
    ...(cancelled > 0 ? [words.toldLost(cancelled)] : []),
  ]
}
