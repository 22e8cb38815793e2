import { Button } from '@/components/ui/button'
import { Card, Facts } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Note } from '@/components/ui/note'
import { Select } from '@/components/ui/select'
import { StatusBadge } from '@/components/ui/status-badge'
import { appointmentLife } from '@/server/booking/appointment/model'
import { showAppointment, showSome } from '@/server/booking/appointment/show'
import { shownPrice } from '@/server/business/service/model-price'
import { isRefusal } from '@/server/core/errors'
import type { Draft } from '@/server/forms'
import type { Board } from '@/server/scheduling/calendar/show-board'
import { type Desk, refusalOf } from '../desk'
import { Line } from '../parts'
import styles from './calendar.module.css'

type Props = {
  desk: Desk
  /** What was opened: a thing in the calendar, or a new block. */
  open: string
  board: Board
  zone: string
  provider?: Board['providers'][number]
  date: string
  back: string
  draft: Draft | null
}

/** What was opened in the calendar, and what can be done with it. */
export function Panel(props: Props) {
  const { open, board, desk, back } = props
  const item = board.items.find((i) => i.id === open)
  return (
    <section className={styles.panel} aria-label={desk.words.details}>
      {open === 'new' ? (
        <NewBlock {...props} />
      ) : item?.kind === 'block' ? (
        <Block {...props} item={item} />
      ) : item?.kind === 'group' ? (
        <Group {...props} item={item} />
      ) : (
        <Appointment {...props} />
      )}
      <p>
        <a href={back}>{desk.words.back}</a>
      </p>
    </section>
  )
}

type Item = Board['items'][number]

const span = (desk: Desk, zone: string, { startTime, endTime }: Pick<Item, 'startTime' | 'endTime'>) =>
  new Intl.DateTimeFormat(desk.locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  }).formatRange(Date.parse(startTime), Date.parse(endTime))

function Refused({ desk, draft }: Pick<Props, 'desk' | 'draft'>) {
  if (!draft) return null
  return (
    <Note tone="bad" role="alert">
      {draft.code === 'slot_conflict'
        ? desk.words.clash(draft.wrong.conflicts ?? '')
        : refusalOf(desk, draft)}
    </Note>
  )
}

function NewBlock({ desk, board, provider, date, draft, back }: Props) {
  const { words, root } = desk
  const typed = draft?.typed ?? {}
  return (
    <Card title={words.block}>
      <Refused desk={desk} draft={draft} />
      <form method="post" action={`${root}/calendar/block`} className={styles.form} noValidate>
        <input type="hidden" name="back" value={back} />
        <p className="quiet small">{words.blockUnder}</p>
        {board.providers.length > 1 ? (
          <Field label={words.provider}>
            {(control) => (
              <Select
                {...control}
                name="provider"
                defaultValue={typed.provider ?? provider?.id}
                options={board.providers.map((p) => ({ value: p.id, label: p.name }))}
              />
            )}
          </Field>
        ) : (
          <input type="hidden" name="provider" value={provider?.id} />
        )}
        <Field label={words.date} error={draft?.wrong.date}>
          {(control) => <Input {...control} type="date" name="date" defaultValue={typed.date ?? date} />}
        </Field>
        <div className={styles.pair}>
          <Field label={words.from} error={draft?.wrong.time}>
            {(control) => <Input {...control} type="time" name="from" defaultValue={typed.from ?? '12:00'} />}
          </Field>
          <Field label={words.to}>
            {(control) => <Input {...control} type="time" name="to" defaultValue={typed.to ?? '13:00'} />}
          </Field>
        </div>
        <div className={styles.actions}>
          <Button type="submit" tone="primary">
            {words.doBlock}
          </Button>
        </div>
      </form>
    </Card>
  )
}

function Block({ desk, zone, item, back, draft }: Props & { item: Item }) {
  const { words, root } = desk
  return (
    <Card title={words.blocked} aside={<StatusBadge noun="slot" status="blocked" />}>
      <Refused desk={desk} draft={draft} />
      <p>{span(desk, zone, item)}</p>
      <form method="post" action={`${root}/calendar/unblock`}>
        <input type="hidden" name="back" value={back} />
        <input type="hidden" name="block" value={item.id} />
        <Button type="submit">{words.unblock}</Button>
      </form>
    </Card>
  )
}

async function Group({ desk, zone, item, back }: Props & { item: Item }) {
  const { words, businessId, call } = desk
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
          .filter((a) => a.status === 'confirmed' || a.status === 'pending')
          .map((a) => (
            <li key={a.id}>
              <a href={href(a.id)}>{a.clientName ?? words.somebody}</a>
            </li>
          ))}
      </ul>
    </Card>
  )
}

async function Appointment({ desk, open, zone, back, draft }: Props) {
  const { words, root, businessId, call, locale } = desk
  const found = await showAppointment.execute({ businessId, id: open }, call).catch((error: unknown) => {
    if (isRefusal(error)) return null
    throw error
  })
  if (!found) return null
  const { amount, currency } = found.price
  const facts = [
    [words.time, span(desk, zone, found)],
    [words.service, found.serviceName],
    [words.provider, found.providerName],
    [words.price, amount === 0 ? words.free : shownPrice(amount, currency, locale)],
    ...(found.clientEmail
      ? [
          [
            words.email,
            <a key="mail" href={`mailto:${found.clientEmail}`}>
              {found.clientEmail}
            </a>,
          ] as const,
        ]
      : []),
    ...(found.clientPhone ? [[words.phone, found.clientPhone] as const] : []),
  ] as const
  return (
    <Card
      title={found.clientName ?? words.somebody}
      aside={<StatusBadge noun="appointment" status={found.status} />}
    >
      <Refused desk={desk} draft={draft} />
      <Facts facts={facts} />
      {appointmentLife.can(found.status, 'cancel') ? (
        <form method="post" action={`${root}/calendar/cancel`} className={styles.form} noValidate>
          <input type="hidden" name="back" value={back} />
          <input type="hidden" name="id" value={found.id} />
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
        </form>
      ) : null}
    </Card>
  )
}
