import { ClientField } from '@/components/calendar/client-field'
import { GoesOnChange } from '@/components/calendar/goes-on-change'
import { type CalendarWords, calendarWords } from '@/components/calendar/words'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/choice'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Note } from '@/components/ui/note'
import { Once } from '@/components/ui/once'
import { Select } from '@/components/ui/select'
import { listServices } from '@/server/business/service/queries'
import { formatClock, isDate, parseClock, today, toInstant } from '@/server/core/time'
import { findForStaff } from '@/server/scheduling/calendar/find-for-staff'
import { forStaff } from '@/server/scheduling/calendar/model-staff'
import { PlaceField } from '../admin/classes/place-field'
import { asked } from '../admin/desk'
import { Line } from '../admin/parts'
import { type Choices, choicesFor } from '../admin/places/choices'
import styles from './calendar.module.css'
import { type PanelProps, Refused } from './panel'

const daysSearched = 7
/** Of the days after the chosen one. */
const firstTimes = 8

/** For a caller: what, with whom, when, and who it is. Free times first, and any other where it is meant. */
export async function BookPanel(props: PanelProps) {
  const { desk, board, provider: looked, given, draft } = props
  const { businessId, call } = desk
  const said = calendarWords[desk.language]
  const { services } = await listServices.execute({ businessId }, call)
  const provider = board.providers.find((p) => p.id === given.for) ?? looked
  const offered = services.filter((s) => board.providers.some((p) => p.serviceIds.includes(s.id)))
  const service =
    offered.find((s) => s.id === given.service) ??
    offered.find((s) => provider?.serviceIds.includes(s.id)) ??
    offered[0]
  const doers = service ? board.providers.filter((p) => p.serviceIds.includes(service.id)) : []
  const by = doers.find((p) => p.id === provider?.id) ?? doers[0]
  return (
    <Card title={said.book.title}>
      <Refused desk={desk} draft={draft} />
      {service && by ? (
        <Wanted {...props} {...{ said, offered, service, doers, by }} />
      ) : (
        <Note tone="none">{said.book.noService}</Note>
      )}
    </Card>
  )
}

type Service = Awaited<ReturnType<typeof listServices.execute>>['services'][number]
type Provider = PanelProps['board']['providers'][number]
type Props = PanelProps & {
  said: CalendarWords
  offered: Service[]
  service: Service
  doers: Provider[]
  by: Provider
}

async function Wanted(props: Props) {
  const { desk, said, offered, service, doers, by, date, given, back, draft } = props
  const { business } = desk
  const zone = by.rules.timeZone
  const from = isDate(date) && date > today(zone, Date.now()) ? date : today(zone, Date.now())
  const times = await timesFrom(props, from)
  const path = back.split('?')[0] ?? back
  return (
    <>
      <GoesOnChange action={path} className={styles.form}>
        <Kept back={back} open="book" at={given.at} />
        <Field label={said.book.service}>
          {(control) => (
            <Select
              {...control}
              key={service.id}
              name="service"
              defaultValue={service.id}
              options={offered.map((s) => ({ value: s.id, label: s.name }))}
            />
          )}
        </Field>
        <div className={styles.pair}>
          <Field label={said.book.provider}>
            {(control) => (
              <Select
                {...control}
                key={by.id}
                name="for"
                defaultValue={by.id}
                options={doers.map((p) => ({ value: p.id, label: p.name }))}
              />
            )}
          </Field>
          <Field label={said.book.date}>
            {(control) => <Input {...control} key={from} type="date" name="date" defaultValue={from} />}
          </Field>
        </div>
        <noscript>
          <Button type="submit">{said.book.show}</Button>
        </noscript>
      </GoesOnChange>
      <form
        method="post"
        action={`/b/${business.slug}/calendar/book`}
        className={`${styles.form} ${styles.second}`}
        noValidate
      >
        <input type="hidden" name="back" value={back} />
        <input type="hidden" name="service" value={service.id} />
        <input type="hidden" name="provider" value={by.id} />
        <Once />
        <input type="hidden" name="date" value={from} />
        <Times {...props} zone={zone} from={from} times={times} choices={await choicesFor(desk)} />
        {service.capacity > 1 ? (
          <Field label={said.book.seats}>
            {(control) => (
              <Input
                {...control}
                name="seats"
                type="number"
                inputMode="numeric"
                min={1}
                max={service.capacity}
                defaultValue={draft?.typed.seats ?? '1'}
              />
            )}
          </Field>
        ) : (
          <Minutes {...props} />
        )}
        <ClientField
          businessId={desk.businessId}
          language={desk.language}
          typed={draft?.typed ?? {}}
          wrong={Object.fromEntries(
            Object.keys(draft?.wrong ?? {}).map((f) => [f, said.book.wrong[f] ?? '']),
          )}
        />
        <Line
          name="note"
          label={said.book.note}
          value=""
          draft={draft}
          prose
          max={500}
          optionalWord={desk.words.optional}
          hint={said.book.noteHint}
        />
        <div className={styles.actions}>
          <Button type="submit" tone="primary">
            {said.book.go}
          </Button>
        </div>
      </form>
    </>
  )
}

/** How long, where that is not what it usually takes. */
function Minutes({ said, draft, service }: Props) {
  const wrong = draft?.wrong.minutes ?? draft?.wrong.endTime
  return (
    <Field
      label={said.book.minutes}
      hint={said.book.minutesHint(service.durationMinutes)}
      error={wrong && said.move.wrongMinutes}
    >
      {(control) => (
        <Input
          {...control}
          name="minutes"
          type="number"
          inputMode="numeric"
          min={1}
          placeholder={String(service.durationMinutes)}
          defaultValue={draft?.typed.minutes ?? ''}
        />
      )}
    </Field>
  )
}

/** What the address said besides, kept by a form that asks anew. */
const Kept = ({ back, open, at }: { back: string; open: string; at?: string }) => {
  const kept = [...new URL(back, 'http://x').searchParams].filter(([name]) => name !== 'date')
  const fields = [...kept, ['open', open], ...(at ? [['at', at]] : [])]
  return fields.map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)
}

/** All of the chosen day, and the first of those after it. */
async function timesFrom({ desk: { businessId, call }, service, by }: Props, startDate: string) {
  const question = { businessId, providerId: by.id, serviceId: service.id, startDate, days: daysSearched }
  const { days } = await asked(findForStaff.execute(question, call))
  return days.flatMap(({ date, times }) => (date === startDate ? times : times.slice(0, firstTimes)))
}

type TimesProps = Props & {
  zone: string
  from: string
  times: Awaited<ReturnType<typeof timesFrom>>
  choices: Choices
}

function Times({ desk, said, draft, given, zone, from, times, service, choices }: TimesProps) {
  const typed = draft?.typed ?? {}
  const minute = parseClock(given.at ?? '')
  const marked = minute === undefined ? undefined : toInstant(zone, from, minute).instant
  const free = times.find((t) => Date.parse(t.startTime) === marked)
  const chosen =
    typed.startTime ?? free?.startTime ?? (marked === undefined ? times[0]?.startTime : 'other') ?? 'other'
  const dayOf = new Intl.DateTimeFormat(desk.locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: zone,
  })
  const clock = new Intl.DateTimeFormat(desk.locale, { timeStyle: 'short', timeZone: zone })
  const days = [...Map.groupBy(times, (t) => dayOf.format(Date.parse(t.startTime)))]
  const needed = forStaff.includes(draft?.code ?? '')
  return (
    <fieldset className={styles.times} key={`${service.id} ${from} ${given.at}`}>
      <legend>{said.book.times}</legend>
      {draft?.wrong.time ? <p className={styles.wrong}>{said.book.wrong.time}</p> : null}
      {times.length === 0 ? <p className="quiet small">{said.book.noTimes}</p> : null}
      {days.map(([day, own]) => (
        <div key={day}>
          <p className="quiet small">{day}</p>
          <div className={styles.chips}>
            {own.map((t) => (
              <label key={t.startTime}>
                <input
                  type="radio"
                  className="vh"
                  name="startTime"
                  value={t.startTime}
                  defaultChecked={chosen === t.startTime}
                />
                <span>
                  <span className="vh">{day}, </span>
                  {clock.format(Date.parse(t.startTime))}
                </span>
              </label>
            ))}
          </div>
        </div>
      ))}
      <div className={styles.other}>
        <label>
          <input type="radio" name="startTime" value="other" defaultChecked={chosen === 'other'} />{' '}
          {said.book.other}
        </label>
        <div className={styles.pair}>
          <Field label={said.book.date}>
            {(control) => (
              <Input {...control} type="date" name="otherDate" defaultValue={typed.otherDate ?? from} />
            )}
          </Field>
          <Field label={said.book.at}>
            {(control) => (
              <Input
                {...control}
                type="time"
                name="otherTime"
                defaultValue={typed.otherTime ?? (minute === undefined ? '' : formatClock(minute))}
              />
            )}
          </Field>
        </div>
        <PlaceField choices={choices} value={typed.place} wrong={undefined} />
        <Checkbox
          name="override"
          label={said.book.override}
          hint={said.book.overrideHint}
          defaultChecked={'override' in typed}
          error={needed ? said.refusals[draft?.code ?? ''] : undefined}
        />
      </div>
    </fieldset>
  )
}
