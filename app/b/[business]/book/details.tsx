import { headers } from 'next/headers'
import { Answer } from '@/components/appointment/answer'
import styles from '@/components/appointment/booking.module.css'
import { Held } from '@/components/appointment/held'
import { Summary } from '@/components/appointment/summary'
import type { BookingWords } from '@/components/appointment/words'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Note } from '@/components/ui/note'
import { venueWords } from '@/components/venue/words'
import { findHeld } from '@/server/booking/appointment/find-held'
import { termsField, termsFor } from '@/server/booking/appointment/model-terms'
import { resourceToken } from '@/server/core/crypto'
import { isRefusal } from '@/server/core/errors'
import { draftIn } from '@/server/forms'
import { online } from '@/server/location/venue/model-place'
import { viewOf } from '@/server/request'
import { showHold } from '@/server/scheduling/hold/show'
import { knownOf } from './known'
import type { Place, Service } from './place'

type Props = { place: Place; service: Service; words: BookingWords }

/** Who it is for: the one form of the flow. The time is held meanwhile, and the page says until when. */
export async function Details({ place, service, words }: Props) {
  const { offer, query, zone, locale, href } = place
  const held = await load(query.hold ?? '', query.token ?? '')
  if (!held)
    return (
      <div className="card">
        <EmptyState title={words.ranOut} action={<Button href={href({})}>{words.anotherTime}</Button>} />
      </div>
    )
  if (held.status === 'used') return <Booked {...{ place, words }} />
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone })
  const chosen = {
    service: held.serviceId,
    provider: query.provider ?? held.providerId,
    zone,
    day: query.day ?? '',
    place: query.place ?? '',
    seats: String(held.seats),
  }
  const step = { ...chosen, draft: query.draft ?? '', hold: held.id, token: query.token ?? '' }
  const draft = draftIn(`book:${service.id}`, query)
  const wrong = new Set(Object.keys(draft?.wrong ?? {}))
  const line = { known: draft?.typed ?? (await knownOf(offer.businessId)), wrong }
  return (
    <div className={styles.flow}>
      <Summary
        service={service}
        provider={offer.providers.find((p) => p.id === held.providerId)?.name ?? ''}
        heading="h2"
        seats={held.seats}
        where={whereOf(place, held)}
        {...{ locale, words }}
      >
        <div className={styles.chosen}>
          <Chosen {...{ place, words, held }} />
        </div>
        <Note tone="hold" role="status">
          <Held
            ms={held.over ? 0 : Date.parse(held.expiresAt) - Date.now()}
            says={words.heldUntil(clock.format(Date.parse(held.expiresAt)))}
            left={words.left('{left}')}
            ranOut={words.ranOut}
            released={held.status === 'released'}
            release={`/b/${offer.slug}/book/release`}
            again={`/b/${offer.slug}/book/again`}
            step={step}
          />
        </Note>
      </Summary>
      <div className={styles.main}>
        <h1>{words.details}</h1>
        {wrong.size > 0 ? (
          <Note tone="bad" role="alert">
            {words.check}
          </Note>
        ) : null}
        {query.refused === 'terms_changed' ? (
          <Note tone="bad" role="alert">
            {words.termsChanged}
          </Note>
        ) : null}
        <form method="post" action={`/b/${offer.slug}/book/confirm`} className={styles.form} noValidate>
          <input type="hidden" name="hold" value={held.id} />
          <input type="hidden" name="token" value={query.token ?? ''} />
          <input
            type="hidden"
            name="terms"
            value={termsField(termsFor({ ...service, ...service.price }, held.seats))}
          />
          {Object.entries(chosen).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Line {...line} name="name" label={words.name} error={words.nameMissing} autoComplete="name" />
          <Line
            {...line}
            name="email"
            type="email"
            label={words.email}
            hint={words.emailHint}
            error={words.emailWrong}
            autoComplete="email"
          />
          <Line
            {...line}
            name="phone"
            type="tel"
            label={words.phone}
            error={words.phoneWrong}
            autoComplete="tel"
            optional
          />
          {service.questions.map((question, n) => (
            <Answer
              // biome-ignore lint/suspicious/noArrayIndexKey: a question is known by its place.
              key={n}
              {...{ question, words }}
              name={`answer-${n}`}
              given={draft?.typed[`answer-${n}`]}
              missing={wrong.has(`answers.${question.label}`)}
            />
          ))}
          {service.requiresApproval ? <p className="quiet">{words.asked}</p> : null}
          <div className={styles.actions}>
            <Button type="submit" tone="quiet" size="large" form="another">
              {words.anotherTime}
            </Button>
            <Button type="submit" tone="primary" size="large">
              {service.requiresApproval ? words.ask : words.confirm}
            </Button>
          </div>
        </form>
        <form id="another" method="post" action={`/b/${offer.slug}/book/release`} hidden>
          {Object.entries(step).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
        </form>
      </div>
    </div>
  )
}

/** What was held is booked: nothing is left to fill in. */
async function Booked({ place, words }: Pick<Props, 'place' | 'words'>) {
  const { query, href } = place
  const call = { ...(await viewOf(await headers())), bearer: query.token ?? '' }
  const { bookingId: id } = await findHeld.execute({ holdId: query.hold ?? '' }, call)
  const link = id && `/bookings/${id}?${new URLSearchParams({ token: resourceToken('appointment', id) })}`
  return (
    <div className="card">
      <EmptyState
        title={words.isBooked}
        action={link ? <Button href={link}>{words.seeBooking}</Button> : null}
      >
        <a href={href({})}>{words.anotherTime}</a>
      </EmptyState>
    </div>
  )
}

type Kept = NonNullable<Awaited<ReturnType<typeof load>>>
type ChosenProps = Pick<Props, 'place' | 'words'> & { held: Kept }

/** Where what is held is, whatever the hours say by now. */
function whereOf({ language }: Place, { place, venue }: Kept) {
  const words = venueWords[language]
  if (venue) return { name: venue.name, under: venue.lines.join(', ') }
  return place === online ? { name: words.online, under: words.onlineUnder } : null
}

/** The time that was chosen: on site by the clock there, else by the reader's; with the other one where it differs. */
function Chosen({ place, words, held }: ChosenProps) {
  const { offer, zone, locale, language } = place
  const { startTime, endTime, providerId, venue } = held
  const theirs =
    venue?.timeZone ?? offer.providers.find((p) => p.id === providerId)?.timeZone ?? offer.timeZone
  const [first, second] = venue ? [theirs, zone] : [zone, theirs]
  const other = venue ? venueWords[language].yourTime : words.there
  const [from, to] = [Date.parse(startTime), Date.parse(endTime)]
  const clock = (timeZone: string) => new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: first })
  const local = clock(second).format(from)
  return (
    <>
      <strong>{day.format(from)}</strong>
      <span>
        <time dateTime={startTime}>{clock(first).format(from)}</time> – {clock(first).format(to)}
        {local === clock(first).format(from) ? '' : ` · ${other(local)}`}
      </span>
      <span className="quiet small">{words.timesIn(first.replaceAll('_', ' '))}</span>
    </>
  )
}

type LineProps = {
  name: 'name' | 'email' | 'phone'
  label: string
  error: string
  hint?: string
  type?: string
  autoComplete: string
  optional?: boolean
  /** What was typed before, else what their account says. */
  known: Partial<Record<'name' | 'email' | 'phone', string>> | null
  wrong: ReadonlySet<string>
}

/** As many letters as are taken. */
const longest = { name: 120, email: 254, phone: 30 }

function Line({ name, label, error, hint, optional, known, wrong, ...rest }: LineProps) {
  return (
    <Field label={label} hint={hint} error={wrong.has(name) ? error : null} optional={optional}>
      {(control) => (
        <Input
          {...control}
          {...rest}
          name={name}
          defaultValue={known?.[name]}
          maxLength={longest[name]}
          required={!optional}
        />
      )}
    </Field>
  )
}

async function load(holdId: string, token: string) {
  try {
    const call = await viewOf(await headers())
    return await showHold.execute({ holdId }, { ...call, bearer: token })
  } catch (error) {
    if (isRefusal(error)) return null
    throw error
  }
}
