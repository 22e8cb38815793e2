import { PanelFocus } from '@/components/calendar/panel-focus'
import { calendarWords } from '@/components/calendar/words'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { IconButton } from '@/components/ui/icon-button'
import { Close } from '@/components/ui/icons'
import { Note } from '@/components/ui/note'
import { StatusBadge } from '@/components/ui/status-badge'
import { takesPlace } from '@/server/booking/appointment/model'
import { showSome } from '@/server/booking/appointment/show'
import type { Draft } from '@/server/forms'
import type { Board } from '@/server/scheduling/calendar/show-board'
import { type Desk, refusalOf } from '../admin/desk'
import styles from './calendar.module.css'
import { AppointmentPanel } from './panel-appointment'
import { BlockPanel, NewBlock } from './panel-block'
import { BookPanel } from './panel-book'

export type PanelProps = {
  desk: Desk
  /** What was opened: a thing in the calendar, a new block, or a booking for somebody. */
  open: string
  board: Board
  zone: string
  provider?: Board['providers'][number]
  date: string
  /** The calendar without it. */
  back: string
  /** What else the address says. */
  given: Record<string, string | undefined>
  draft: Draft | null
}
export type Item = Board['items'][number]

/** What was opened in the calendar, and what can be done with it. */
export function Panel(props: PanelProps) {
  const { open, board, desk, back } = props
  const item = board.items.find((i) => i.id === open)
  return (
    <>
      <a href={back} className={styles.scrim} tabIndex={-1}>
        <span className="vh">{desk.words.back}</span>
      </a>
      <section className={styles.panel} aria-label={desk.words.details} tabIndex={-1}>
        <PanelFocus open={open} />
        <span className={styles.close}>
          <IconButton label={calendarWords[desk.language].close} icon={<Close />} href={back} />
        </span>
        {open === 'new' ? (
          <NewBlock {...props} />
        ) : open === 'book' ? (
          <BookPanel {...props} />
        ) : item?.kind === 'block' ? (
          <BlockPanel {...props} item={item} />
        ) : item?.kind === 'group' ? (
          <Group {...props} item={item} />
        ) : (
          <AppointmentPanel {...props} />
        )}
      </section>
    </>
  )
}

export const span = (
  desk: Desk,
  zone: string,
  { startTime, endTime }: Pick<Item, 'startTime' | 'endTime'>,
): string =>
  new Intl.DateTimeFormat(desk.locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  }).formatRange(Date.parse(startTime), Date.parse(endTime))

export function Refused({ desk, draft }: Pick<PanelProps, 'desk' | 'draft'>) {
  if (!draft) return null
  const said = calendarWords[desk.language].refusals[draft.code]
  return (
    <Note tone="bad" role="alert">
      {draft.code === 'slot_conflict'
        ? desk.words.clash(draft.wrong.conflicts ?? '')
        : Object.keys(draft.wrong).length > 0
          ? desk.words.check
          : (said ?? refusalOf(desk, draft))}
    </Note>
  )
}

async function Group({ desk, zone, item, back }: PanelProps & { item: Item }) {
  const { words, businessId, business, call, language } = desk
  const { appointments } = await showSome.execute({ businessId, slotId: item.id }, call)
  const to = new URL(back, 'http://x')
  const href = (id: string) => {
    to.searchParams.set('open', id)
    return to.pathname + to.search
  }
  return (
    <Card title={item.serviceName} aside={words.seats(item.seats?.taken ?? 0, item.seats?.of ?? 0)}>
      <p>{span(desk, zone, item)}</p>
      <ul className="stack" data-gap="2">
        {appointments
          .filter((a) => takesPlace(a.status))
          .map((a) => (
            <li key={a.id} className="row" data-apart>
              <a href={href(a.id)}>{a.clientName ?? words.somebody}</a>
              {a.status === 'confirmed' ? null : <StatusBadge noun="appointment" status={a.status} plain />}
            </li>
          ))}
      </ul>
      <div>
        <Button href={`/b/${business.slug}/admin/classes/${item.id}`}>
          {calendarWords[language].openClass}
        </Button>
      </div>
    </Card>
  )
}
