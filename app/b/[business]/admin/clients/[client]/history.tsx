import { Button } from '@/components/ui/button'
import { Card, List, ListItem } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Plus } from '@/components/ui/icons'
import { StatusBadge } from '@/components/ui/status-badge'
import { venueWords } from '@/components/venue/words'
import type { listContactAppointments } from '@/server/business/contact/list'
import { toLocal } from '@/server/core/time'
import styles from '../../admin.module.css'
import type { Desk } from '../../desk'
import { clientWords, clockOf } from '../clients'

type Props = {
  desk: Desk
  path: string
  history: Awaited<ReturnType<typeof listContactAppointments.execute>>
  /** Not the latest. */
  paged: boolean
}

/** What they booked, latest first; each leads to where it stands in the calendar. */
export function History({ desk, path, history, paged }: Props) {
  const words = clientWords(desk)
  const clock = clockOf(desk)
  const { appointments, before } = history
  const day = (at: string) => toLocal(desk.business.timeZone, Date.parse(at)).date
  return (
    <Card title={words.history} id="appointments" flush>
      {appointments.length === 0 ? (
        <EmptyState
          title={words.noHistory}
          action={
            <Button href={`${desk.root}/calendar`} icon={<Plus />}>
              {desk.words.places.calendar}
            </Button>
          }
        />
      ) : (
        <List label={words.history}>
          {appointments.map((a) => (
            <ListItem
              key={a.id}
              href={`${desk.root}/calendar?open=${a.id}&date=${day(a.startTime)}`}
              title={<time dateTime={a.startTime}>{clock.time(a.startTime)}</time>}
              after={<StatusBadge noun="appointment" status={a.status} />}
            >
              <span className="quiet small">
                {a.service}, {words.with(a.provider)}
                {a.seats > 1 ? `, ${words.seats(a.seats)}` : ''}
                {a.venueName ? `, ${a.venueName}` : a.place ? `, ${venueWords[desk.language].online}` : ''}
              </span>
            </ListItem>
          ))}
        </List>
      )}
      {before || paged ? (
        <div className={styles.nothing}>
          <div className={styles.actions}>
            {paged ? <Button href={`${path}#appointments`}>{words.latest}</Button> : null}
            {before ? (
              <Button
                href={`${path}?${new URLSearchParams({ before: before.startTime, id: before.id })}#appointments`}
              >
                {words.earlier}
              </Button>
            ) : null}
          </div>
        </div>
      ) : null}
    </Card>
  )
}
