import { Fresh } from '@/components/appointment/fresh'
import { type OutsideWords, outsideWords } from '@/components/outside/words'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Clock, RingCheck, Triangle } from '@/components/ui/icons'
import { Note } from '@/components/ui/note'
import { Once } from '@/components/ui/once'
import type { Draft } from '@/server/forms'
import type { OutsideListed } from '@/server/scheduling/outside/list'
import styles from '../../admin.module.css'
import type { Desk } from '../../desk'
import { ClashList, FailingNotes, momentIn, nameOf, outsideOf, TryAgain } from '../../outside-notes'
import { Line } from '../../parts'

type Props = { desk: Desk; path: string; providerId: string; zone: string; draft: Draft | null }

/** Calendars elsewhere that count as busy: what they say, how old that is, and what is booked all the same. */
export async function OutsideCard({ desk, path, providerId, zone, draft }: Props) {
  const words = outsideWords[desk.language]
  const listed = await outsideOf(desk, providerId)
  const refused = draft && words.refusals[draft.code]
  return (
    <Card title={words.title} id="outside" aside={<Fresh topics={[`business:${desk.businessId}`]} />}>
      <p className="quiet small">{words.under}</p>
      {refused ? (
        <Note tone={draft.code === 'just_read' ? 'info' : 'bad'} role="alert">
          {refused}
        </Note>
      ) : null}
      <FailingNotes {...{ desk, zone, listed }} />
      {listed.calendars.length === 0 ? (
        <p className="quiet">{words.none}</p>
      ) : (
        <ul>
          {listed.calendars.map((calendar) => (
            <One key={calendar.id} {...{ desk, path, zone, calendar, words }} />
          ))}
        </ul>
      )}
      {listed.clashes.length > 0 ? (
        <Note tone="warn" title={words.clashes}>
          <p>{words.clashesUnder}</p>
          <ClashList {...{ desk, zone }} clashes={listed.clashes} />
        </Note>
      ) : null}
      <form method="post" action={`${path}/outside/connect`} className={styles.form} noValidate>
        <Once />
        <h3>{words.add}</h3>
        <Line
          name="url"
          label={words.address}
          value=""
          draft={wrongIn(draft, words)}
          max={2000}
          hint={words.addressHint}
        />
        <Line
          name="label"
          label={words.label}
          value=""
          draft={draft}
          max={80}
          hint={words.labelHint}
          optionalWord={desk.words.optional}
        />
        <div>
          <Button type="submit">{words.connect}</Button>
        </div>
      </form>
    </Card>
  )
}

function wrongIn(draft: Draft | null, words: OutsideWords): Draft | null {
  if (!draft?.wrong.url) return draft
  const url = draft.wrong.url.includes('https://') ? words.wrongPlain : words.wrong
  return { ...draft, wrong: { ...draft.wrong, url } }
}

type OneProps = { desk: Desk; path: string; zone: string; calendar: OutsideListed; words: OutsideWords }

function One({ desk, path, zone, calendar, words }: OneProps) {
  const { id, checkedAt, currentAt, failure, leftOut, busyTimes, busyUntil, label, address } = calendar
  const day = new Intl.DateTimeFormat(desk.locale, { dateStyle: 'long', timeZone: zone })
  const badge = failure
    ? ({ tone: 'bad', icon: Triangle, word: words.failing } as const)
    : checkedAt
      ? ({ tone: 'good', icon: RingCheck, word: words.read } as const)
      : ({ tone: 'info', icon: Clock, word: words.reading } as const)
  return (
    <li className={styles.row}>
      <span className="stack" data-gap="2">
        <span className={styles.actions}>
          <strong>{nameOf(calendar, words)}</strong>
          <Badge tone={badge.tone} icon={badge.icon}>
            {badge.word}
          </Badge>
        </span>
        {label ? <span className="quiet small">{address}</span> : null}
        <span className="small">
          {currentAt
            ? `${words.found(busyTimes, busyUntil ? day.format(Date.parse(busyUntil)) : '')} ${
                failure ? '' : words.readAt(momentIn(desk, zone)(currentAt))
              }`
            : failure
              ? null
              : words.wait}
        </span>
        {leftOut > 0 ? <span className="quiet small">{words.leftOut(leftOut)}</span> : null}
      </span>
      <span className={styles.actions}>
        {failure || !checkedAt ? null : <TryAgain {...{ desk, calendar }} word={words.readNow} />}
        <form method="post" action={`${path}/outside/disconnect`}>
          <Once />
          <Button
            type="submit"
            name="calendar"
            value={id}
            size="small"
            tone="danger"
            aria-label={`${words.disconnect}: ${nameOf(calendar, words)}`}
          >
            {words.disconnect}
          </Button>
        </form>
      </span>
    </li>
  )
}
