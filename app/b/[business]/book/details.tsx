import { cookies, headers } from 'next/headers'
import styles from '@/components/appointment/booking.module.css'
import { priceOf } from '@/components/appointment/choose-service'
import { Countdown } from '@/components/appointment/countdown'
import type { BookingWords } from '@/components/appointment/words'
import { keptDraft } from '@/server/booking/appointment/keep-draft'
import { isRefusal } from '@/server/core/errors'
import { viewOf } from '@/server/request'
import { showHold } from '@/server/scheduling/hold/show'
import type { Place, Service } from './place'

type Props = { place: Place; service: Service; words: BookingWords }

/** Who it is for: the one form of the flow. The time is held meanwhile, and the page says until when. */
export async function Details({ place, service, words }: Props) {
  const { offer, query, zone, language, locale, href } = place
  const held = await load(query.hold ?? '', query.token ?? '')
  const draft = keptDraft((await cookies()).get('draft')?.value)
  if (!held)
    return (
      <section className="card">
        <p>{words.ranOut}</p>
        <p>
          <a href={href({})}>{words.anotherTime}</a>
        </p>
      </section>
    )
  const at = Date.parse(held.startTime)
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: zone })
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone })
  const provider = offer.providers.find((p) => p.id === held.providerId)
  const wrong = new Set(draft?.wrong ?? [])
  return (
    <>
      <h1>{words.details}</h1>
      <section className={styles.summary}>
        <strong>{service.name}</strong>
        <span>
          {day.format(at)}, <time dateTime={held.startTime}>{clock.format(at)}</time> –{' '}
          {clock.format(Date.parse(held.endTime))}
        </span>
        <span className="quiet small">
          {provider ? `${words.with} ${provider.name} · ` : ''}
          {words.timesIn(zone.replaceAll('_', ' '))} · {priceOf(service.price, locale, words)}
        </span>
        <span className={styles.held} role="status">
          {held.over ? (
            words.ranOut
          ) : (
            <Countdown
              until={held.expiresAt}
              held={words.heldUntil(clock.format(Date.parse(held.expiresAt)))}
              language={language}
              ranOut={words.ranOut}
              release={`/b/${offer.slug}/book/release`}
              hold={held.id}
              token={query.token ?? ''}
            />
          )}
        </span>
      </section>
      {wrong.size > 0 ? (
        <p className={styles.problem} role="alert">
          {words.check}
        </p>
      ) : null}
      <form method="post" action={`/b/${offer.slug}/book/confirm`} className={styles.form} noValidate>
        <input type="hidden" name="hold" value={held.id} />
        <input type="hidden" name="token" value={query.token ?? ''} />
        <input type="hidden" name="zone" value={zone} />
        <Line
          name="name"
          label={words.name}
          value={draft?.name}
          error={wrong.has('name') ? words.nameMissing : null}
          autoComplete="name"
        />
        <Line
          name="email"
          type="email"
          label={words.email}
          hint={words.emailHint}
          value={draft?.email}
          error={wrong.has('email') ? words.emailWrong : null}
          autoComplete="email"
        />
        <Line
          name="phone"
          type="tel"
          label={`${words.phone} (${words.optional})`}
          value={draft?.phone}
          error={wrong.has('phone') ? words.phoneWrong : null}
          autoComplete="tel"
          optional
        />
        <p className="quiet small">
          {service.lateFeePercent === 0
            ? words.cancelFree
            : words.cancelTerms(service.freeUntilHours, service.lateFeePercent)}
        </p>
        <div className={styles.actions}>
          <a href={href({})}>{words.anotherTime}</a>
          <button type="submit" className={styles.primary}>
            {words.confirm}
          </button>
        </div>
      </form>
    </>
  )
}

type LineProps = {
  name: string
  label: string
  value?: string
  error: string | null
  hint?: string
  type?: string
  autoComplete: string
  optional?: boolean
}

function Line({ name, label, value, error, hint, type = 'text', autoComplete, optional }: LineProps) {
  const below = error || hint ? `${name}-note` : undefined
  return (
    <div className={styles.line}>
      <label htmlFor={name}>{label}</label>
      <input
        id={name}
        name={name}
        type={type}
        defaultValue={value}
        maxLength={254}
        autoComplete={autoComplete}
        required={!optional}
        aria-invalid={error ? true : undefined}
        aria-describedby={below}
      />
      {error || hint ? (
        <p id={below} className={error ? styles.error : 'quiet small'}>
          {error ?? hint}
        </p>
      ) : null}
    </div>
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
