import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { DetectZone } from '@/components/appointment/detect-zone'
import { waitingWords } from '@/components/appointment/waiting-words'
import { bookingWords } from '@/components/appointment/words'
import { ZonePicker } from '@/components/appointment/zone-picker'
import { PublicShell } from '@/components/shell/public-shell'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox, RadioGroup } from '@/components/ui/choice'
import { cn } from '@/components/ui/class-names'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Note } from '@/components/ui/note'
import { PageHeader } from '@/components/ui/page-header'
import { Select } from '@/components/ui/select'
import { venueWords } from '@/components/venue/words'
import { addDays, today } from '@/server/core/time'
import { draftIn } from '@/server/forms'
import { nonceOf } from '@/server/request'
import { fullTimes } from '@/server/scheduling/calendar/find-times'
import { knownOf } from '../book/known'
import { dayAsked } from '../book/moments'
import { offerOf, placeOf } from '../book/place'
import styles from './wait.module.css'

const spoken = (zone: string) => zone.replaceAll('_', ' ')

type Props = {
  params: Promise<{ business: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await offerOf((await params).business)).name, robots: { index: false } }
}

/** Joining the list of a service: for a time that is full, or for any that suits. One form, which works without script. */
export default async function WaitPage({ params, searchParams }: Props) {
  const place = await placeOf((await params).business, await searchParams)
  const { offer, query, service, providerId, language, locale, dayZone } = place
  if (!service) notFound()
  const draft = draftIn(`wait:${service.id}`, query)
  const typed = draft?.typed
  const known = typed ?? (await knownOf(offer.businessId))
  const wrong = new Set(Object.keys(draft?.wrong ?? {}))
  const words = waitingWords[language]
  const people = offer.providers.filter((p) => service.providerIds.includes(p.id))
  const venue = venueWords[language]
  /** A rule is kept to by the clock of whoever it is with. */
  const theirs = people.find((p) => p.id === providerId)?.timeZone ?? people[0]?.timeZone ?? offer.timeZone
  const now = today(dayZone, Date.now())
  const day = dayAsked(query, now, dayZone)
  const full = day
    ? await fullTimes({
        providerIds: providerId ? [providerId] : service.providerIds,
        serviceId: service.id,
        startDate: day,
        days: 1,
        timeZone: dayZone,
        seats: place.seats,
      })
    : []
  const moment = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: dayZone,
  })
  const nameOf = (id: string) => people.find((p) => p.id === id)?.name ?? ''
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' })
  const monday = Date.UTC(2024, 0, 1)
  const times = full.slice(0, 30).map(({ startTime, providerId: by }) => ({
    value: `${by} ${startTime}`,
    label: words.thisTime(moment.format(Date.parse(startTime)), nameOf(by)),
  }))
  const choices = [...times, { value: 'rule', label: words.anyTime }]
  const chosen = choices.find(({ value }) => value === typed?.what)?.value ?? choices[0]?.value
  return (
    <PublicShell
      business={{ name: offer.name, href: `/b/${offer.slug}`, accent: offer.accent, logo: offer.logo }}
    >
      {query.zone ? null : <DetectZone shown={place.zone} nonce={nonceOf(await headers())} />}
      <PageHeader arrival title={words.title}>
        <span>
          {service.name}. {words.intro}
        </span>
      </PageHeader>
      {query.refused ? (
        <Note tone="bad" role="alert">
          {query.refused === 'malformed'
            ? words.check
            : (words.refused[query.refused] ?? words.refused.other)}
        </Note>
      ) : null}
      {times.length > 0 ? (
        <div className={styles.head}>
          <ZonePicker
            zone={place.zone}
            words={bookingWords[language]}
            hidden={{
              service: service.id,
              provider: query.provider ?? '',
              day: day ?? '',
              seats: query.seats ?? '',
            }}
          />
          {dayZone === place.zone ? null : (
            <span className="quiet small">{venue.timesThere(spoken(dayZone))}</span>
          )}
        </div>
      ) : null}
      <Card>
        <form method="post" action={`/b/${offer.slug}/wait/join`} className={styles.form} noValidate>
          <input type="hidden" name="service" value={service.id} />
          <input type="hidden" name="zone" value={place.zone} />
          <input type="hidden" name="day" value={day ?? ''} />
          {times.length > 0 ? (
            <RadioGroup legend={words.what} name="what" defaultValue={chosen} options={choices} />
          ) : (
            <input type="hidden" name="what" value="rule" />
          )}
          <fieldset className={cn(styles.rule, styles.wish)}>
            <legend>{words.anyTime}</legend>
            <p className="quiet small">{words.byClock(spoken(theirs))}</p>
            {people.length > 1 ? (
              <Field label={words.who}>
                {(control) => (
                  <Select
                    {...control}
                    name="provider"
                    defaultValue={typed?.provider ?? providerId ?? 'any'}
                    options={[
                      { value: 'any', label: words.anybody },
                      ...people.map((p) => ({ value: p.id, label: p.name })),
                    ]}
                  />
                )}
              </Field>
            ) : null}
            <fieldset className={styles.days}>
              <legend>{words.days}</legend>
              {Array.from({ length: 7 }, (_, n) => n + 1).map((n) => (
                <Checkbox
                  key={n}
                  name={`weekday-${n}`}
                  label={weekday.format(monday + (n - 1) * 86_400_000)}
                  defaultChecked={!typed || typed[`weekday-${n}`] === 'on'}
                />
              ))}
            </fieldset>
            <div className={styles.pair}>
              <Field label={words.from}>
                {(control) => (
                  <Input {...control} type="time" name="from" defaultValue={typed?.from ?? '00:00'} />
                )}
              </Field>
              <Field label={words.until}>
                {(control) => (
                  <Input {...control} type="time" name="until" defaultValue={typed?.until ?? '23:59'} />
                )}
              </Field>
              <Field label={words.fromDate}>
                {(control) => (
                  <Input
                    {...control}
                    type="date"
                    name="fromDate"
                    min={now}
                    defaultValue={typed?.fromDate ?? day ?? now}
                  />
                )}
              </Field>
              <Field label={words.untilDate}>
                {(control) => (
                  <Input
                    {...control}
                    type="date"
                    name="untilDate"
                    min={now}
                    defaultValue={typed?.untilDate ?? addDays(day ?? now, 28)}
                  />
                )}
              </Field>
            </div>
          </fieldset>
          <fieldset className={styles.rule}>
            <legend>{words.about}</legend>
            <Field label={words.name} error={wrong.has('name') ? bookingWords[language].nameMissing : null}>
              {(control) => (
                <Input
                  {...control}
                  name="name"
                  autoComplete="name"
                  maxLength={120}
                  required
                  defaultValue={known?.name}
                />
              )}
            </Field>
            <Field
              label={words.email}
              hint={words.emailHint}
              error={wrong.has('email') ? bookingWords[language].emailWrong : null}
            >
              {(control) => (
                <Input
                  {...control}
                  type="email"
                  name="email"
                  autoComplete="email"
                  maxLength={254}
                  required
                  defaultValue={known?.email}
                />
              )}
            </Field>
            {service.capacity > 1 ? (
              <Field label={words.seats}>
                {(control) => (
                  <Input
                    {...control}
                    type="number"
                    name="seats"
                    min={1}
                    max={service.capacity}
                    defaultValue={typed?.seats ?? place.seats}
                  />
                )}
              </Field>
            ) : null}
          </fieldset>
          <p>
            <Button type="submit" tone="primary" size="large">
              {words.join}
            </Button>
          </p>
        </form>
      </Card>
    </PublicShell>
  )
}
