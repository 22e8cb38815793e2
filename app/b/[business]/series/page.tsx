import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Answer } from '@/components/appointment/answer'
import { priceOf } from '@/components/appointment/choose-service'
import { seriesWords } from '@/components/appointment/series-words'
import { Summary } from '@/components/appointment/summary'
import { bookingWords } from '@/components/appointment/words'
import { PublicShell } from '@/components/shell/public-shell'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Barred, RingCheck } from '@/components/ui/icons'
import { Input } from '@/components/ui/input'
import { Note } from '@/components/ui/note'
import { Once } from '@/components/ui/once'
import { PageHeader } from '@/components/ui/page-header'
import { Select } from '@/components/ui/select'
import { venueWords } from '@/components/venue/words'
import { termsField, termsFor } from '@/server/booking/appointment/model-terms'
import { planSeries } from '@/server/booking/appointment/plan-series'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { isRefusal } from '@/server/core/errors'
import { draftIn } from '@/server/forms'
import { knownOf } from '../book/known'
import { timesIn } from '../book/moments'
import { offerOf, placeOf, whereIn } from '../book/place'
import styles from './series.module.css'

type Props = {
  params: Promise<{ business: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await offerOf((await params).business)).name, robots: { index: false } }
}

type Dated = { startTime: string; place: string | null }

/** As a form names it: when, and where that is told. */
const idOf = ({ startTime, place }: Dated) => (place ? `${startTime} ${place}` : startTime)

/** A series, date by date, with what could stand in where a date is taken. Booked whole by one form. */
export default async function SeriesPage({ params, searchParams }: Props) {
  const place = await placeOf((await params).business, await searchParams)
  const { offer, query, service, seats, language, locale } = place
  const [startTime = ''] = (query.startTime ?? '').split(' ')
  if (!service || !startTime) notFound()
  const draft = draftIn(`series:${service.id}`, query)
  const wrong = new Set(Object.keys(draft?.wrong ?? {}))
  const known = draft?.typed ?? (await knownOf(offer.businessId))
  const words = seriesWords[language]
  const everyWeeks = Math.min(Math.max(Math.trunc(Number(query.every)) || 1, 1), 8)
  const times = Math.min(Math.max(Math.trunc(Number(query.times)) || 10, 2), 30)
  const asked = { serviceId: service.id, startTime, everyWeeks, times, seats }
  const { plan, providerId } = await bestOf(
    place.providerId ? [place.providerId] : service.providerIds,
    asked,
  )
  const usual = plan.dates.find((d) => d.place)?.place ?? null
  const clock = offer.venues.find(({ id }) => id === usual)?.timeZone ?? place.zone
  /** As the times they were chosen from: on site by the clock there, else by the reader's. */
  const told = ({ startTime, place: at }: Dated) => {
    const [time] = timesIn(
      place,
      [{ startTime, seatsLeft: 1, providerIds: [providerId], ...(at ? { place: at } : {}) }],
      {
        withDay: true,
        there: bookingWords[language].there,
        yours: venueWords[language].yourTime,
        placeName: (id) => whereIn(place, id).name,
      },
    )
    return {
      moment: `${time?.day}, ${time?.label}`,
      also: [time?.second, time?.where].filter(Boolean).join(', '),
    }
  }
  const labelOf = (dated: Dated) => Object.values(told(dated)).filter(Boolean).join(', ')
  const price = (amount: number) => priceOf({ ...service.price, amount }, locale, bookingWords[language])
  const most = plan.dates.filter((d) => d.free || d.substitutes.length > 0).length
  const conflicts = plan.dates.filter((d) => !d.free).length
  const about = { service: service.id, provider: providerId, startTime, seats: String(seats) }
  const terms = termsFor({ ...service, ...service.price }, seats)
  return (
    <PublicShell business={{ name: offer.name, href: `/b/${offer.slug}`, accent: offer.accent }}>
      <PageHeader arrival title={words.title}>
        <span>{words.intro}</span>
      </PageHeader>
      <Summary
        service={service}
        provider={offer.providers.find((p) => p.id === providerId)?.name ?? ''}
        heading="h2"
        words={bookingWords[language]}
        {...{ locale, seats }}
      >
        <p className="quiet small">{bookingWords[language].timesIn(clock.replaceAll('_', ' '))}</p>
      </Summary>
      {query.refused ? (
        <Note tone="bad" role="alert">
          {query.refused === 'terms_changed'
            ? bookingWords[language].termsChanged
            : query.refused === 'some_taken'
              ? words.lost
              : query.refused === 'malformed'
                ? words.check
                : words.failed}
        </Note>
      ) : null}
      <form method="get" className={styles.how}>
        {Object.entries(about).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Field label={words.every}>
          {(control) => (
            <Select
              {...control}
              name="every"
              defaultValue={String(everyWeeks)}
              options={[1, 2, 3, 4].map((n) => ({ value: String(n), label: words.weeks(n) }))}
            />
          )}
        </Field>
        <Field label={words.times}>
          {(control) => (
            <Input {...control} type="number" name="times" min={2} max={30} defaultValue={times} />
          )}
        </Field>
        <Button type="submit">{words.show}</Button>
      </form>
      <form method="post" action={`/b/${offer.slug}/series/book`} className="stack" noValidate>
        <Once />
        <input type="hidden" name="every" value={everyWeeks} />
        <input type="hidden" name="times" value={times} />
        <input type="hidden" name="zone" value={place.zone} />
        <input type="hidden" name="terms" value={termsField(terms)} />
        {Object.entries(about).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Card
          title={words.dates}
          aside={<span className="quiet small">{words.conflicts(conflicts)}</span>}
          flush
        >
          <ol className={styles.dates}>
            {plan.dates.map((d, n) => (
              <li key={d.startTime} className={styles.date}>
                {d.free ? (
                  <>
                    <span className={styles.when}>
                      <time dateTime={d.startTime}>{told(d).moment}</time>
                      <span className="quiet small">{told(d).also}</span>
                    </span>
                    <input type="hidden" name={`date-${n}`} value={idOf(d)} />
                    <Badge tone="good" icon={RingCheck}>
                      {words.free}
                    </Badge>
                  </>
                ) : (
                  <>
                    <s>
                      <time dateTime={d.startTime}>{told({ ...d, place: usual }).moment}</time>
                    </s>
                    <Badge tone="warn" icon={Barred}>
                      {words.taken}
                    </Badge>
                    <Field label={words.instead}>
                      {(control) => (
                        <Select
                          {...control}
                          name={`date-${n}`}
                          defaultValue={insteadOf(d.substitutes.map(idOf), draft?.typed[`date-${n}`])}
                          options={[
                            ...d.substitutes.map((s) => ({ value: idOf(s), label: labelOf(s) })),
                            { value: '', label: words.leaveOut },
                          ]}
                        />
                      )}
                    </Field>
                  </>
                )}
              </li>
            ))}
          </ol>
        </Card>
        <Card title={words.about}>
          <div className="stack">
            <Field
              label={bookingWords[language].name}
              error={wrong.has('name') ? bookingWords[language].nameMissing : null}
            >
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
              label={bookingWords[language].email}
              hint={bookingWords[language].emailHint}
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
            {service.questions.map((question, n) => (
              <Answer
                // biome-ignore lint/suspicious/noArrayIndexKey: a question is known by its place.
                key={n}
                {...{ question }}
                name={`answer-${n}`}
                given={draft?.typed[`answer-${n}`]}
                missing={wrong.has(`answers.${question.label}`)}
                words={bookingWords[language]}
              />
            ))}
            {terms.amount > 0 ? (
              <p className="quiet">
                {words.each(price(terms.amount))} {words.inAll(most, price(terms.amount * most))}
              </p>
            ) : null}
            {service.requiresApproval ? <p className="quiet">{bookingWords[language].asked}</p> : null}
            <p className={styles.actions}>
              <Button type="submit" tone="primary" size="large">
                {service.requiresApproval ? words.askAll : words.bookAll}
              </Button>
              <a
                href={`/b/${offer.slug}/book?${new URLSearchParams({ service: service.id, provider: providerId, seats: String(seats) })}`}
              >
                {words.single}
              </a>
            </p>
          </div>
        </Card>
      </form>
    </PublicShell>
  )
}

/** What stands in for a date: what was chosen before, where it still can be; else the nearest. */
const insteadOf = (substitutes: readonly string[], chosen: string | undefined): string =>
  chosen !== undefined && ['', ...substitutes].includes(chosen) ? chosen : (substitutes[0] ?? '')

type Asked = Omit<Parameters<typeof planSeries.execute>[0], 'providerId'>

const mostAsked = 10

/** Whoever of them can do most of the dates. */
async function bestOf(providerIds: readonly string[], asked: Asked) {
  const plans = await Promise.all(
    providerIds.slice(0, mostAsked).map(async (providerId) => ({
      providerId,
      plan: await load({ ...asked, providerId }),
    })),
  )
  const free = ({ plan }: (typeof plans)[number]) => plan.dates.filter((d) => d.free).length
  return plans.sort((a, b) => free(b) - free(a))[0] ?? notFound()
}

async function load(wanted: Parameters<typeof planSeries.execute>[0]) {
  try {
    return await planSeries.execute(wanted, newCall(anonymous))
  } catch (error) {
    if (isRefusal(error)) notFound()
    throw error
  }
}
