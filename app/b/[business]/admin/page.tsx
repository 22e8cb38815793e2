import type { Metadata } from 'next'
import { decideWords } from '@/components/appointment/decide-words'
import { Fresh } from '@/components/appointment/fresh'
import { Button } from '@/components/ui/button'
import { Card, List, ListItem } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Barred, Calendar, Check, Circle, Lock, Plus, Rewind } from '@/components/ui/icons'
import { Note } from '@/components/ui/note'
import { Once } from '@/components/ui/once'
import { PageHeader } from '@/components/ui/page-header'
import { Stats } from '@/components/ui/stat'
import {
  countUndecided,
  countUpcoming,
  showSome,
  showUnclosed,
  showUpcoming,
} from '@/server/booking/appointment/show'
import { addDays, DAY, formatInstant, startOfDay, today, toLocal } from '@/server/core/time'
import { inbox } from '@/server/notification/message/queries'
import styles from './admin.module.css'
import { type Desk, deskOf } from './desk'
import { OutsideNotes, outsideOf } from './outside-notes'

type Props = { params: Promise<{ business: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await deskOf((await params).business)).words.places.today }
}

const mostShown = 8

/** What needs me, what is next, what changed. */
export default async function TodayPage({ params }: Props) {
  const desk = await deskOf((await params).business)
  const { business, businessId, call, words, root, locale } = desk
  const { waiting } = await countUndecided.execute({ businessId }, call)
  const now = Date.now()
  const zone = business.timeZone
  const { appointments } = await showUpcoming.execute({ businessId, limit: mostShown }, call)
  const before = async (at: number) =>
    (await countUpcoming.execute({ businessId, before: formatInstant(at) }, call)).appointments
  const [todays, soon] = await Promise.all([
    before(startOfDay(zone, addDays(today(zone, now), 1))),
    before(now + 7 * DAY),
  ])
  const next = appointments[0]
  const title = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: zone,
  })
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone })
  const short = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: zone,
  })
  return (
    <>
      <PageHeader
        title={title.format(now)}
        actions={
          <>
            <Fresh topics={[`business:${businessId}`]} />
            <Button href={`${root}/calendar?open=new`} icon={<Lock />}>
              {words.block}
            </Button>
          </>
        }
      >
        <span className="small">{words.now(clock.format(now), zone.replaceAll('_', ' '))}</span>
      </PageHeader>
      <div className={styles.desk}>
        <div>
          <Waiting {...{ desk, waiting }} />
          <OutsideNotes {...{ desk, zone }} listed={await outsideOf(desk)} />
          <Stats
            label={words.places.today}
            stats={[
              { label: words.stats.today, value: todays, href: `${root}/calendar?view=day` },
              {
                label: words.stats.next,
                value: next ? clock.format(Date.parse(next.startTime)) : '–',
                note: next
                  ? `${short.format(Date.parse(next.startTime))}, ${next.providerName}`
                  : words.stats.free,
                href: `${root}/calendar`,
              },
              { label: words.stats.week, value: soon, href: `${root}/calendar` },
            ]}
          />
          <Card title={words.upNext} flush>
            {appointments.length === 0 ? (
              <EmptyState
                icon={Calendar}
                title={words.nothingNext}
                action={<Button href={`/start/${business.slug}/done`}>{words.share}</Button>}
              >
                {words.nothingNextUnder}
              </EmptyState>
            ) : (
              <List label={words.upNext}>
                {appointments.map((a) => (
                  <ListItem
                    key={a.id}
                    href={`${root}/calendar?open=${a.id}&date=${toLocal(zone, Date.parse(a.startTime)).date}`}
                    title={a.clientName ?? words.somebody}
                    before={
                      <span className={styles.at}>
                        <time dateTime={a.startTime}>{clock.format(Date.parse(a.startTime))}</time>
                        <small>{short.format(Date.parse(a.startTime))}</small>
                      </span>
                    }
                  >
                    <span className="quiet">
                      {a.serviceName}, {words.with(a.providerName)}
                    </span>
                  </ListItem>
                ))}
              </List>
            )}
          </Card>
        </div>
        <div>
          <Unclosed desk={desk} />
          <Todo desk={desk} />
          <Changes desk={desk} />
        </div>
      </div>
    </>
  )
}

/** The one thing that others wait for. */
function Waiting({ desk: { root, language }, waiting }: { desk: Desk; waiting: number }) {
  const words = decideWords[language]
  if (waiting === 0) return null
  return (
    <Note
      tone="warn"
      title={words.waiting(waiting)}
      actions={
        <Button href={`${root}/requests`} tone="primary">
          {words.requests}
        </Button>
      }
    />
  )
}

/** Whether those whose time is over came: asked, never assumed. */
async function Unclosed({ desk }: { desk: Desk }) {
  const { business, businessId, call, words: admin, root, locale, language } = desk
  const { appointments } = await showUnclosed.execute({ businessId, limit: 5 }, call)
  if (appointments.length === 0) return null
  const words = decideWords[language]
  const when = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: business.timeZone,
  })
  return (
    <Card title={words.cameTitle} flush>
      <form method="post" action={`${root}/close`}>
        <Once />
        <p className={`quiet small ${styles.nothing}`}>{words.cameUnder}</p>
        <List label={words.cameTitle}>
          {appointments.map((a) => (
            <ListItem
              key={a.id}
              title={a.clientName ?? admin.somebody}
              after={
                <span className={styles.actions}>
                  <Button type="submit" size="small" name="came" value={a.id}>
                    {words.came}
                  </Button>
                  <Button type="submit" size="small" tone="quiet" name="absent" value={a.id}>
                    {words.cameNot}
                  </Button>
                </span>
              }
            >
              <span className="quiet small">{when.format(Date.parse(a.startTime))}</span>
            </ListItem>
          ))}
        </List>
        {appointments.length > 1 ? (
          <p className={styles.nothing}>
            <Button type="submit" name="came" value={appointments.map((a) => a.id).join(',')}>
              {words.allCame}
            </Button>
          </p>
        ) : null}
      </form>
    </Card>
  )
}

/** What is left of the first run, until it is all done. */
function Todo({ desk: { business, words, root } }: { desk: Desk }) {
  const start = `/start/${business.slug}`
  const steps = [
    [words.todos.services, business.services > 0, `${root}/services`],
    [words.todos.open, business.open, `${start}/hours`],
    [words.todos.published, business.published > 0, `${start}/hours`],
    [words.todos.booked, business.booked, `${start}/done`],
  ] as const
  if (steps.every(([, done]) => done)) return null
  return (
    <Card title={words.todo}>
      <ul className="stack" data-gap="2">
        {steps.map(([label, done, href]) => (
          <li key={label} className={styles.todo} data-done={done || undefined}>
            {done ? <Check /> : <Circle />}
            {done ? <span>{label}</span> : <a href={href}>{label}</a>}
            {done ? <span className="vh">, {words.done}</span> : null}
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Where a new class is looked at, or a calendar that cannot be read. */
const classOf = ({ aboutType, aboutId }: { aboutType: string; aboutId: string }, root: string) =>
  aboutType === 'scheduling.slot'
    ? `${root}/classes/${aboutId}`
    : aboutType === 'scheduling.series'
      ? `${root}/classes?view=series`
      : aboutType === 'scheduling.outside'
        ? `${root}/calendar`
        : undefined

const freshMs = 5000
const icons: Record<string, typeof Plus> = {
  'booking.appointment.confirmed.v1': Plus,
  'booking.appointment.rescheduled.v1': Rewind,
  'booking.appointment.cancelled.v1': Barred,
}

async function Changes({ desk }: { desk: Desk }) {
  const { business, businessId, call, words, root, locale } = desk
  const { messages } = await inbox.execute({ businessId, limit: 12 }, call)
  const ids = [
    ...new Set(messages.filter((m) => m.aboutType === 'booking.appointment').map((m) => m.aboutId)),
  ]
  const { appointments } = await showSome.execute({ businessId, ids }, call)
  const about = new Map(appointments.map((a) => [a.id, a]))
  const zone = business.timeZone
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone })
  const said = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone })
  return (
    <Card title={words.changes} flush>
      {messages.length === 0 ? (
        <p className={`quiet small ${styles.nothing}`}>{words.nothingChanged}</p>
      ) : (
        <List label={words.changes}>
          {messages.map((m) => {
            const a = about.get(m.aboutId)
            const Icon = icons[m.kind] ?? Circle
            const date = a ? toLocal(zone, Date.parse(a.startTime)).date : ''
            return (
              <ListItem
                key={m.id}
                href={a ? `${root}/calendar?open=${a.id}&date=${date}` : classOf(m, root)}
                before={<Icon />}
                title={words.kinds[m.kind as keyof typeof words.kinds] ?? words.kinds.other}
                after={<time dateTime={m.createdAt}>{said.format(Date.parse(m.createdAt))}</time>}
                changed={Date.now() - Date.parse(m.createdAt) < freshMs}
              >
                {a ? (
                  <span className="quiet small">
                    {a.clientName ?? words.somebody}, {when.format(Date.parse(a.startTime))}
                  </span>
                ) : null}
              </ListItem>
            )
          })}
        </List>
      )}
    </Card>
  )
}
