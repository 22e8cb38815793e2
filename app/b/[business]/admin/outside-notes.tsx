import { type OutsideWords, outsideWords } from '@/components/outside/words'
import { Button } from '@/components/ui/button'
import { Note } from '@/components/ui/note'
import { Once } from '@/components/ui/once'
import { toLocal } from '@/server/core/time'
import { listOutside, type OutsideClash, type OutsideListed } from '@/server/scheduling/outside/list'
import { asked, bookingAt, type Desk } from './desk'

type Listed = Awaited<ReturnType<typeof listOutside.execute>>
type Props = {
  desk: Desk
  zone: string
  listed: Listed
  /** Whose they are, where that is not plain. */
  named?: boolean
}

/** The calendars elsewhere of those whose time this person tends. */
export const outsideOf = ({ businessId, call }: Desk, providerId?: string): Promise<Listed> =>
  asked(listOutside.execute({ businessId, providerId }, call))

/** Which of them cannot be read, since when and why, and how old what they said is. */
export function FailingNotes({ desk, zone, listed, named }: Props) {
  const words = outsideWords[desk.language]
  return listed.calendars
    .filter((calendar) => calendar.failure !== null)
    .map((calendar) => (
      <Note
        key={calendar.id}
        tone="warn"
        title={failedInWords(calendar, named ? calendar.providerName : null, words, momentIn(desk, zone))}
        actions={<TryAgain desk={desk} calendar={calendar} word={words.again} />}
      >
        {calendar.currentAt ? words.asOf(momentIn(desk, zone)(calendar.currentAt)) : words.never}
      </Note>
    ))
}

const mostClashes = 3

/** Both: what fails, and what is booked all the same. */
export function OutsideNotes({ desk, zone, listed }: Props) {
  const words = outsideWords[desk.language]
  const { clashes } = listed
  return (
    <>
      <FailingNotes {...{ desk, zone, listed }} named />
      {clashes.length > 0 ? (
        <Note tone="warn" title={words.clashNote(clashes.length)}>
          <ClashList {...{ desk, zone }} clashes={clashes.slice(0, mostClashes)} named />
          {clashes.length > mostClashes ? <p>{words.more(clashes.length - mostClashes)}</p> : null}
        </Note>
      ) : null}
    </>
  )
}

type ClashesProps = {
  desk: Desk
  zone: string
  clashes: readonly OutsideClash[]
  named?: boolean
}

export function ClashList({ desk, zone, clashes, named }: ClashesProps) {
  const words = outsideWords[desk.language]
  const when = new Intl.DateTimeFormat(desk.locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  })
  return (
    <ul className="stack" data-gap="2">
      {clashes.map(({ bookingId, startTime, endTime, clientName, providerName, label }) => (
        <li key={bookingId}>
          <a href={bookingAt(desk, zone, bookingId, startTime)}>
            {when.formatRange(Date.parse(startTime), Date.parse(endTime))}, {clientName ?? words.somebody}
          </a>
          {named ? ` ${words.with(providerName)}` : ''}
          {label ? ` (${label})` : ''}
        </li>
      ))}
    </ul>
  )
}

type AgainProps = { desk: Desk; calendar: OutsideListed; word: string }

export const TryAgain = ({ desk, calendar, word }: AgainProps) => (
  <form
    method="post"
    action={`/b/${desk.business.slug}/admin/providers/${calendar.providerId}/outside/refresh`}
  >
    <Once />
    <Button type="submit" name="calendar" value={calendar.id} size="small">
      {word}
    </Button>
  </form>
)

export const nameOf = (calendar: OutsideListed, words: OutsideWords): string =>
  calendar.label ?? `${words.unnamed} ${calendar.address}`

function failedInWords(
  calendar: OutsideListed,
  provider: string | null,
  words: OutsideWords,
  moment: (at: string) => string,
): string {
  const [, status] = /^answered_(\d+)$/.exec(calendar.failure ?? '') ?? []
  const why = status ? words.answered(status) : (words.why[calendar.failure ?? ''] ?? words.why.unreachable)
  const name = nameOf(calendar, words)
  const whole = provider ? `${name} (${provider})` : name
  return words.failed(whole, moment(calendar.failingSince ?? ''), why ?? '')
}

/** The clock time, with its day where that is another than today. */
export function momentIn({ locale }: Desk, timeZone: string): (at: string) => string {
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone })
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const dayOf = (at: number) => toLocal(timeZone, at).date
  return (at) => (dayOf(Date.parse(at)) === dayOf(Date.now()) ? clock : full).format(Date.parse(at))
}
