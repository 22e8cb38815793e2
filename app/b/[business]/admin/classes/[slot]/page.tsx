import type { Metadata } from 'next'
import { type ClassWords, classWords } from '@/components/series/class-words'
import { when } from '@/components/series/impact-list'
import { describeRepeat } from '@/components/series/repeat-words'
import repeatStyles from '@/components/series/series.module.css'
import { Badge } from '@/components/ui/badge'
import { Card, Facts } from '@/components/ui/card'
import { Lock } from '@/components/ui/icons'
import { Note } from '@/components/ui/note'
import { PageHeader } from '@/components/ui/page-header'
import { StatusBadge } from '@/components/ui/status-badge'
import { showSlot } from '@/server/scheduling/slot/show'
import styles from '../../admin.module.css'
import { asked, bookingAt, type Desk, deskOf, draftFor, type Search, searchOf } from '../../desk'
import { Outcome } from '../../parts'
import { choicesFor } from '../../places/choices'
import type { ShownSlot } from './change'
import { ChangeForm, ChangePreview } from './change-form'
import { Removal } from './removal'

type Props = { params: Promise<{ business: string; slot: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: classWords[(await deskOf((await params).business)).language].classes }
}

/** One written time: who has booked it, what may be changed, and what that would bring about. */
export default async function ClassPage({ params, searchParams }: Props) {
  const { business: slug, slot: slotId } = await params
  const desk = await deskOf(slug, `/classes/${slotId}`)
  const { businessId, call, locale, root } = desk
  const words = classWords[desk.language]
  const given = await searchOf(searchParams)
  const slot = await asked(showSlot.execute({ businessId, slotId }, call))
  const draft = draftFor(desk, 'class', given.again)
  const zone = slot.timeZone
  const choices = await choicesFor(desk, [slot.place])
  const where = choices.nameOf(slot.place)
  const editable =
    slot.origin === 'written' && slot.status !== 'deleted' && Date.parse(slot.startTime) > Date.now()
  return (
    <>
      <PageHeader title={slot.serviceName}>
        <a href={`${root}/classes`}>{words.classes}</a>
      </PageHeader>
      <Outcome desk={desk} draft={null} saved={given.saved} />
      {draft ? (
        <Note tone="warn" role="alert">
          {draft.code === 'slot_conflict' ? words.taken : words.stale}
        </Note>
      ) : null}
      <div className={styles.desk}>
        <div className={repeatStyles.about}>
          <Card
            title={<time dateTime={slot.startTime}>{when(slot, { locale, zone })}</time>}
            aside={slot.status === 'closed' ? <Closed words={words} /> : null}
          >
            <Facts
              facts={[
                ...factsOf(desk, words, slot),
                ...(where ? [[choices.words.place, where] as const] : []),
              ]}
            />
            {slot.series?.isApart ? <p className="quiet small">{words.apart}</p> : null}
          </Card>
          <Card title={words.whoBooked}>
            {slot.people.length === 0 ? <p className="quiet">{words.nobodyYet}</p> : null}
            <ul className="stack" data-gap="2">
              {slot.people.map((p) => (
                <li key={p.bookingId} className="row" data-apart>
                  <a href={bookingAt(desk, zone, p.bookingId, slot.startTime)}>{p.name ?? words.somebody}</a>
                  {p.status === 'confirmed' ? null : (
                    <StatusBadge noun="appointment" status={p.status} plain />
                  )}
                  {p.seats > 1 ? <span className="quiet">{words.places(p.seats)}</span> : null}
                </li>
              ))}
            </ul>
          </Card>
        </div>
        <div>
          {editable ? (
            <>
              <ChangeForm {...{ desk, slot, given, choices }} />
              {given.look ? <ChangePreview {...{ desk, slot, given, choices }} /> : null}
              <Removal desk={desk} slot={slot} asked={given.remove} />
            </>
          ) : (
            <Note>{slot.origin === 'implied' ? words.implied : words.over}</Note>
          )}
        </div>
      </div>
    </>
  )
}

const Closed = ({ words }: { words: ClassWords }) => (
  <Badge tone="none" icon={Lock}>
    {words.closed}
  </Badge>
)

const factsOf = ({ language, locale }: Desk, words: ClassWords, slot: ShownSlot) => [
  [words.fields.provider, slot.providerName] as const,
  [words.fields.places, words.booked(slot.taken, slot.maxBookings)] as const,
  ...(slot.series ? [[words.fields.repeat, describeRepeat(slot.series, language, locale)] as const] : []),
  [words.clock, slot.timeZone.replaceAll('_', ' ')] as const,
]
