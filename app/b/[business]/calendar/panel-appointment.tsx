import type { ReactNode } from 'react'
import { decideWords } from '@/components/appointment/decide-words'
import { type CalendarWords, calendarWords } from '@/components/calendar/words'
import { Button } from '@/components/ui/button'
import { Card, Facts } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/choice'
import { Field } from '@/components/ui/field'
import { Check, Close } from '@/components/ui/icons'
import { Input } from '@/components/ui/input'
import { Note } from '@/components/ui/note'
import { Once } from '@/components/ui/once'
import { Select } from '@/components/ui/select'
import { StatusBadge } from '@/components/ui/status-badge'
import { statusWords } from '@/components/ui/status-words'
import { Where } from '@/components/venue/where'
import { venueWords } from '@/components/venue/words'
import {
  type AppointmentAction,
  appointmentLife,
  isExpected,
  whyNotClosed,
} from '@/server/booking/appointment/model'
import { getBooking } from '@/server/booking/appointment/queries'
import { showAppointment } from '@/server/booking/appointment/show'
import { shownPrice } from '@/server/business/service/model-price'
import { isRefusal } from '@/server/core/errors'
import { formatClock, isZone, MINUTE, toLocal } from '@/server/core/time'
import { toldOf } from '@/server/location/venue/model-told'
import { cookieOf } from '@/server/request'
import { forStaff } from '@/server/scheduling/calendar/model-staff'
import type { Desk } from '../admin/desk'
import { Line } from '../admin/parts'
import styles from './calendar.module.css'
import { type PanelProps, Refused, span } from './panel'

type Found = Awaited<ReturnType<typeof load>>
type Shown = NonNullable<Found>
type Props = PanelProps & { found: Shown; said: CalendarWords }

/** Who comes, when and for what, how it came to be so, and what can be done. */
export async function AppointmentPanel(props: PanelProps) {
  const { desk, open, draft } = props
  const found = await load(desk, open)
  const said = calendarWords[desk.language]
  if (!found) return <Note tone="none">{said.refusals.not_found}</Note>
  const own = { ...props, found, said }
  return (
    <Card
      title={found.clientName ?? desk.words.somebody}
      aside={<StatusBadge noun="appointment" status={found.status} />}
    >
      <Refused desk={desk} draft={draft} />
      <Facts facts={factsOf(own)} />
      <Answers {...own} />
      <Decide {...own} />
      <Came {...own} />
      <Move {...own} />
      <Cancel {...own} />
      <History {...own} />
    </Card>
  )
}

async function load({ businessId, call }: Desk, id: string) {
  try {
    const [shown, booking] = await Promise.all([
      showAppointment.execute({ businessId, id }, call),
      getBooking.execute({ id }, call),
    ])
    const { decideBy, history, venue } = booking
    const told = toldOf(
      { ...booking, isExpected: isExpected(booking.status) },
      new Map(venue ? [[venue.id, venue]] : []),
    )
    return { ...shown, decideBy, history, told }
  } catch (error) {
    if (isRefusal(error)) return null
    throw error
  }
}

function factsOf({ desk, found, zone, said }: Props): (readonly [string, ReactNode])[] {
  const { words, locale, headers } = desk
  const { amount, currency } = found.price
  const looks = cookieOf(headers, 'zone')
  const theirs = looks && isZone(looks) && looks !== zone ? looks : null
  const facts: (readonly [string, ReactNode] | null)[] = [
    [words.time, <Timed key="time" {...{ desk, zone }} at={found} zoned={theirs !== null} />],
    theirs
      ? [said.panel.yourTime, <Timed key="theirs" {...{ desk }} zone={theirs} at={found} zoned />]
      : null,
    [words.service, found.serviceName],
    [words.provider, found.providerName],
    found.told
      ? [
          venueWords[desk.language].where,
          <Where
            key="where"
            told={found.told}
            words={venueWords[desk.language]}
            over={!appointmentLife.can(found.status, 'cancel')}
          />,
        ]
      : null,
    [words.price, amount === 0 ? words.free : shownPrice(amount, currency, locale)],
    found.seats > 1 ? [said.panel.seats, String(found.seats)] : null,
    found.clientEmail
      ? [
          words.email,
          <a key="mail" href={`mailto:${found.clientEmail}`}>
            {found.clientEmail}
          </a>,
        ]
      : null,
    found.clientPhone
      ? [
          words.phone,
          <a key="phone" href={`tel:${found.clientPhone.replace(/[^+\d]/g, '')}`}>
            {found.clientPhone}
          </a>,
        ]
      : null,
  ]
  return facts.filter((fact) => fact !== null)
}

/** What was said with the booking: the client's answers, or what was noted for them. */
function Answers({ found, desk, said }: Props) {
  const given = Object.entries(found.answers).filter(([, text]) => text !== '')
  if (given.length === 0) return null
  const { yes, no } = decideWords[desk.language]
  const plain: Record<string, string> = { yes, no }
  return (
    <section className={styles.history} aria-label={said.panel.answers}>
      <h3>{said.panel.answers}</h3>
      <Facts
        facts={given.map(([asked, text]) => [
          asked === 'Note' ? said.panel.note : asked === 'Phone' ? desk.words.phone : asked,
          plain[text] ?? text,
        ])}
      />
    </section>
  )
}

type TimedProps = { desk: Desk; zone: string; at: Shown; zoned: boolean }

const Timed = ({ desk, zone, at, zoned }: TimedProps) => (
  <>
    {span(desk, zone, at)}
    {zoned ? <small className={styles.zone}>{zone.replaceAll('_', ' ')}</small> : null}
  </>
)

/** Why it cannot be done now; the model knows. */
function whyNot({ found, desk, said }: Props, action: AppointmentAction): string | null {
  if (appointmentLife.can(found.status, action)) return null
  return said.whyNot.state(statusWords[desk.language].appointment[found.status])
}

type FormProps = Pick<Props, 'desk' | 'back' | 'found'> & {
  to: string
  children: ReactNode
  className?: string
}

const Act = ({ desk, back, found, to, children, className }: FormProps) => (
  <form method="post" action={`/b/${desk.business.slug}/calendar/${to}`} className={className} noValidate>
    <input type="hidden" name="back" value={back} />
    <input type="hidden" name="id" value={found.id} />
    <Once key={found.id} />
    {children}
  </form>
)

function Decide(props: Props) {
  const { found, said, desk, zone } = props
  if (found.status !== 'pending') return null
  const until = new Intl.DateTimeFormat(desk.locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  })
  return (
    <Act {...props} to="decide" className={styles.form}>
      <Note tone="warn" title={said.panel.waits}>
        {found.decideBy ? said.panel.waitsUntil(until.format(Date.parse(found.decideBy))) : null}
      </Note>
      <div className={styles.actions}>
        <Button type="submit" name="did" value="approved" tone="primary" icon={<Check />}>
          {said.panel.confirm}
        </Button>
        <Button type="submit" name="did" value="declined" tone="danger" icon={<Close />}>
          {said.panel.decline}
        </Button>
      </div>
    </Act>
  )
}

/** Whether they came, once it has begun. */
function Came(props: Props) {
  const { found, said } = props
  if (whyNotClosed(Date.parse(found.startTime), Date.now())) return null
  const offered = (['complete', 'mark_no_show'] as const).filter((a) => appointmentLife.can(found.status, a))
  if (offered.length === 0) return null
  return (
    <Act {...props} to="decide">
      <div className={styles.actions}>
        {offered.includes('complete') ? (
          <Button type="submit" name="did" value="completed" icon={<Check />}>
            {said.panel.complete}
          </Button>
        ) : null}
        {offered.includes('mark_no_show') ? (
          <Button type="submit" name="did" value="no_show">
            {said.panel.noShow}
          </Button>
        ) : null}
      </div>
    </Act>
  )
}

function Move(props: Props) {
  const { found, said, draft } = props
  const { date, minute } = toLocal(found.timeZone, Date.parse(found.startTime))
  const typed = draft?.typed.time ? draft.typed : {}
  const why = whyNot(props, 'reschedule')
  if (why)
    return (
      <div>
        <Button whyNot={why}>{said.move.go}</Button>
      </div>
    )
  return (
    <details className={styles.more} open={draft?.typed.time ? true : undefined}>
      <summary>{said.move.title}</summary>
      <Act {...props} to="move" className={styles.form} key={found.startTime}>
        <div className={styles.pair}>
          <Field label={said.move.date} error={draft?.wrong.date}>
            {(control) => <Input {...control} type="date" name="date" defaultValue={typed.date ?? date} />}
          </Field>
          <Field label={said.move.time} error={draft?.wrong.time}>
            {(control) => (
              <Input {...control} type="time" name="time" defaultValue={typed.time ?? formatClock(minute)} />
            )}
          </Field>
        </div>
        {found.slotId ? null : (
          <Field
            label={said.move.minutes}
            error={draft?.wrong.minutes || draft?.wrong.endTime ? said.move.wrongMinutes : undefined}
          >
            {(control) => (
              <Input
                {...control}
                type="number"
                inputMode="numeric"
                min={1}
                name="minutes"
                defaultValue={typed.minutes ?? String(minutesOf(found))}
              />
            )}
          </Field>
        )}
        <Whose {...props} typed={typed.provider} />
        <p className="quiet small">
          {said.move.under} {found.timeZone.replaceAll('_', ' ')}
        </p>
        {draft && (forStaff.includes(draft.code) || 'override' in typed) ? (
          <Checkbox
            name="override"
            label={said.move.override}
            hint={said.move.overrideHint}
            defaultChecked={'override' in typed}
          />
        ) : null}
        <div className={styles.actions}>
          <Button type="submit">{said.move.go}</Button>
        </div>
      </Act>
    </details>
  )
}

const minutesOf = ({ startTime, endTime }: Shown): number =>
  (Date.parse(endTime) - Date.parse(startTime)) / MINUTE

/** Who has it. Where they no longer offer it, it goes to nobody else unless somebody says to whom. */
function Whose({ found, said, draft, board, typed }: Props & { typed?: string }) {
  const offer = board.providers.filter((p) => p.serviceIds.includes(found.serviceId))
  const isAmong = offer.some((p) => p.id === found.providerId)
  if (offer.length < (isAmong ? 2 : 1)) return null
  const own = [
    { value: '', label: said.move.choose },
    { value: found.providerId, label: found.providerName },
  ]
  return (
    <Field label={said.move.who} error={draft?.wrong.provider ? said.move.chooseWhy : undefined}>
      {(control) => (
        <Select
          {...control}
          name="provider"
          defaultValue={typed ?? (isAmong ? found.providerId : '')}
          options={[...(isAmong ? [] : own), ...offer.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      )}
    </Field>
  )
}

function Cancel(props: Props) {
  const { found, desk, draft, said } = props
  const { words } = desk
  if (!appointmentLife.can(found.status, 'cancel')) return null
  return (
    <details className={styles.more} open={draft?.typed.reason !== undefined ? true : undefined}>
      <summary>{said.panel.cancelTitle}</summary>
      <Act {...props} to="cancel" className={styles.form}>
        <Line
          name="reason"
          label={words.reason}
          value=""
          draft={draft}
          prose
          max={500}
          optionalWord={words.optional}
          hint={words.cancelUnder}
        />
        <div className={styles.actions}>
          <Button type="submit" tone="danger">
            {words.cancel}
          </Button>
        </div>
      </Act>
    </details>
  )
}

function History({ found, desk, zone, said }: Props) {
  const when = new Intl.DateTimeFormat(desk.locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  })
  const known = found.history.filter((event) => said.history[event.type])
  return (
    <section className={styles.history} aria-label={said.panel.history}>
      <h3>{said.panel.history}</h3>
      <ol>
        {known.map((event) => (
          <li key={event.sequence}>
            <span>{said.history[event.type]}</span>
            <time dateTime={event.time}>{when.format(Date.parse(event.time))}</time>
          </li>
        ))}
      </ol>
    </section>
  )
}
