import type { Metadata } from 'next'
import { type ClassWords, classWords } from '@/components/series/class-words'
import { Clashes, when } from '@/components/series/impact-list'
import { RepeatFields } from '@/components/series/repeat-fields'
import repeatStyles from '@/components/series/series.module.css'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/choice'
import { EmptyState } from '@/components/ui/empty-state'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Note } from '@/components/ui/note'
import { Once } from '@/components/ui/once'
import { PageHeader } from '@/components/ui/page-header'
import { Select } from '@/components/ui/select'
import { addDays, today } from '@/server/core/time'
import { listOffers } from '@/server/scheduling/series/list-offers'
import { previewNewSeries } from '@/server/scheduling/series/preview'
import styles from '../../admin.module.css'
import { asked, type Desk, deskOf, draftFor, type Search, searchOf } from '../../desk'
import { choicesFor } from '../../places/choices'
import { attempt, carried, classFrom, repeatNames, type Typed, type Wrong } from '../form'
import { PlaceField } from '../place-field'

type Props = { params: Promise<{ business: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: classWords[(await deskOf((await params).business)).language].add }
}

/** First what it is to be, then the days it would have, then it is written. */
export default async function NewClassPage({ params, searchParams }: Props) {
  const desk = await deskOf((await params).business, '/classes/new')
  const { businessId, business, call, locale, root } = desk
  const words = classWords[desk.language]
  const given = await searchOf(searchParams)
  const { offers } = await asked(listOffers.execute({ businessId }, call))
  const offer = offers.find(({ id }) => id === given.service) ?? offers[0]
  const providers = [...new Map(offers.flatMap((o) => o.providers).map((p) => [p.id, p])).values()]
  const typed: Typed = {
    service: offer?.id,
    provider: offer?.providers[0]?.id,
    date: addDays(today(business.timeZone, Date.now()), 1),
    time: '18:00',
    ...given,
  }
  const looked = given.look ? await look(desk, typed) : null
  const wrong = wordsFor(words, looked?.wrong ?? {})
  if (wrong.provider && offer) wrong.provider += ` ${offer.providers.map(({ name }) => name).join(', ')}.`
  const draft = draftFor(desk, 'class', given.again)
  const choices = await choicesFor(desk)
  const options = (all: readonly { id: string; name: string }[]) =>
    all.map(({ id, name }) => ({ value: id, label: name }))
  const line = (name: 'date' | 'time' | 'minutes' | 'places', label: string, type?: string) => (
    <Field label={label} error={wrong[name]} hint={type ? undefined : words.asService}>
      {(control) => (
        <Input
          {...control}
          name={name}
          type={type}
          maxLength={10}
          inputMode={type ? undefined : 'numeric'}
          defaultValue={typed[name]}
        />
      )}
    </Field>
  )
  const choose = (name: 'service' | 'provider', all: readonly { id: string; name: string }[]) => (
    <Field label={words.fields[name]} error={wrong[name]}>
      {(control) => <Select {...control} name={name} defaultValue={typed[name]} options={options(all)} />}
    </Field>
  )
  if (offers.length === 0)
    return (
      <>
        <PageHeader title={words.add} />
        <EmptyState
          title={desk.words.noServices}
          action={<Button href={`${root}/services`}>{desk.words.places.services}</Button>}
        >
          {words.nothingOffered}
        </EmptyState>
      </>
    )
  return (
    <>
      <PageHeader title={words.add}>
        <a href={`${root}/classes`}>{words.classes}</a>
      </PageHeader>
      {draft ? (
        <Note tone="warn" role="alert">
          {words.taken}
        </Note>
      ) : null}
      <Card>
        <form method="get" action={`${root}/classes/new`} className={styles.form} noValidate>
          <div className={styles.grid}>
            {choose('service', offers)}
            {choose('provider', providers)}
          </div>
          <div className={styles.grid}>
            {line('date', words.fields.firstDate, 'date')}
            {line('time', words.fields.time, 'time')}
            {line('minutes', words.fields.minutes)}
            {line('places', words.fields.places)}
            <PlaceField choices={choices} value={typed.place} wrong={wrong.place} />
          </div>
          <RepeatFields
            words={words}
            locale={locale}
            typed={typed}
            wrong={wrong}
            choices={['none', 'daily', 'weekly', 'monthly-date', 'monthly-weekday', 'monthly-last']}
          />
          <div className={styles.actions}>
            <Button type="submit" name="look" value="1" tone={looked?.days ? 'default' : 'primary'}>
              {words.look}
            </Button>
          </div>
        </form>
      </Card>
      {looked?.days ? <Days desk={desk} typed={typed} days={looked.days} /> : null}
    </>
  )
}

type NewDays = Awaited<ReturnType<typeof previewNewSeries.execute>>

async function look({ businessId, call }: Desk, typed: Typed): Promise<{ wrong: Wrong; days?: NewDays }> {
  const { wrong, date, time, rrule, durationMinutes, maxBookings } = classFrom(typed)
  if (Object.keys(wrong).length > 0) return { wrong }
  const series = {
    businessId,
    providerId: typed.provider ?? '',
    serviceId: typed.service ?? '',
    rrule: rrule ?? 'FREQ=DAILY;COUNT=1',
    startDate: date,
    time,
    durationMinutes,
    maxBookings,
    place: typed.place || undefined,
  }
  const found = await attempt(previewNewSeries.execute(series, call))
  return 'answer' in found ? { wrong: {}, days: found.answer } : { wrong: found.wrong }
}

const wordsFor = ({ errors }: ClassWords, wrong: Wrong): Wrong =>
  Object.fromEntries(
    Object.entries(wrong).map(([field, why]) => [field, errors[field as keyof typeof errors] ?? why]),
  )

const names = ['service', 'provider', 'date', 'time', 'minutes', 'places', 'place', ...repeatNames]

/** The days it would have. Where something stands in the way, the day is left out, or nothing is written at all. */
function Days({ desk, typed, days }: { desk: Desk; typed: Typed; days: NewDays }) {
  const { locale, root } = desk
  const words = classWords[desk.language]
  const zone = days.timeZone
  const repeats = (typed.repeat ?? 'none') !== 'none'
  const free = days.created.filter((d) => d.clashes.length === 0)
  const whyNot = days.created.length > 0 && free.length === 0 ? words.whyNotWrite : null
  return (
    <Card title={words.days(days.created.length)} aside={words.zone(zone.replaceAll('_', ' '))}>
      <form method="post" action={`${root}/classes/new/save`} className="stack">
        <Once />
        {carried(typed, names).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {days.created.length === 0 ? <p>{words.noDays}</p> : null}
        {repeats && days.clashes > 0 && !whyNot ? <Note tone="warn">{words.leaveOutUnder}</Note> : null}
        <ul className={repeatStyles.slots}>
          {days.created.map((d) => (
            <li key={d.date}>
              <span className={repeatStyles.day}>{when(d, { locale, zone })}</span>
              <Clashes clashes={d.clashes} words={words} locale={locale} zone={zone} />
              {repeats ? (
                <Checkbox
                  name={`out-${d.date}`}
                  label={words.leaveOut}
                  aria-label={`${when(d, { locale, zone })}: ${words.leaveOut}`}
                  defaultChecked={d.clashes.length > 0}
                />
              ) : null}
            </li>
          ))}
        </ul>
        {repeats && (typed.end ?? 'never') === 'never' ? <p className="quiet small">{words.goesOn}</p> : null}
        {days.created.length > 0 ? (
          <div>
            <Button type="submit" tone="primary" whyNot={whyNot}>
              {words.write}
            </Button>
          </div>
        ) : null}
      </form>
    </Card>
  )
}
