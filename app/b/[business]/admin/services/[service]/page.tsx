import type { Metadata } from 'next'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { RadioGroup } from '@/components/ui/choice'
import { Once } from '@/components/ui/once'
import { PageHeader } from '@/components/ui/page-header'
import { venueWords } from '@/components/venue/words'
import { bookedAtOnce, usualReminders } from '@/server/business/service/model'
import { typedPrice } from '@/server/business/service/model-price'
import { previewService } from '@/server/business/service/preview'
import { showService } from '@/server/business/service/queries'
import type { Draft } from '@/server/forms'
import { ways } from '@/server/location/venue/model-place'
import styles from '../../admin.module.css'
import { asked, deskOf, draftFor, type Search, searchOf } from '../../desk'
import { ImpactAndSave, lookedAt, lookOr } from '../../impact'
import { Line, Outcome } from '../../parts'
import { BookingRulesCard } from './booking-rules'
import { timesFrom } from './offer'
import { RemindersCard } from './reminders-card'

type Props = { params: Promise<{ business: string; service: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await deskOf((await params).business)).words.service }
}

const fresh = {
  ...bookedAtOnce,
  reminderHours: [...usualReminders],
  id: 'new',
  name: '',
  description: '',
  durationMinutes: 30,
  stepMinutes: 30,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  noticeMinutes: 0,
  windowDays: 90,
  capacity: 1,
  amount: 0,
  freeUntilHours: 0,
  lateFeePercent: 0,
  given: 'either' as const,
  status: 'active' as const,
}

const numbers = [
  'stepMinutes',
  'bufferBeforeMinutes',
  'bufferAfterMinutes',
  'noticeHours',
  'windowDays',
] as const

/** The notice is typed in hours and refused in minutes. */
const inHours = (draft: Draft | null): Draft | null =>
  draft?.wrong.noticeMinutes
    ? { ...draft, wrong: { ...draft.wrong, noticeHours: draft.wrong.noticeMinutes } }
    : draft

export default async function ServicePage({ params, searchParams }: Props) {
  const { business: slug, service: serviceId } = await params
  const desk = await deskOf(slug, `/services/${serviceId}`)
  const { business, businessId, call, words, root, manages, language } = desk
  const own = venueWords[language]
  const given = await searchOf(searchParams)
  const isNew = serviceId === 'new'
  const service = isNew
    ? { ...fresh, currency: business.currency }
    : await asked(showService.execute({ businessId, serviceId }, call))
  const draft = draftFor(desk, 'service', given.again)
  const open = service.status === 'active' && manages
  const looked = isNew || !open ? null : lookedAt('service', given, draft)
  const offer = looked && timesFrom({ get: (name) => looked.typed[name] })
  const found = offer && (await lookOr(desk, previewService.execute({ businessId, serviceId, offer }, call)))
  const shown = looked && { ...looked, wrong: { ...(looked.isTyping ? {} : found?.wrong), ...looked.wrong } }
  const typed = inHours(isNew ? draft : shown)
  const refused = draft ?? draftFor(desk, 'rules', given.again)
  const values = { ...service, noticeHours: service.noticeMinutes / 60 }
  const line = (
    name: (typeof numbers)[number] | 'durationMinutes' | 'capacity' | 'freeUntilHours' | 'lateFeePercent',
  ) => (
    <Line
      key={name}
      name={name}
      label={words.fields[name]}
      value={values[name]}
      draft={typed}
      numeric
      max={6}
    />
  )
  return (
    <>
      <PageHeader title={isNew ? words.newService : service.name}>
        <a href={`${root}/services`}>{words.places.services}</a>
      </PageHeader>
      <Outcome desk={desk} draft={refused} saved={given.saved} />
      <Card>
        <form method="post" action={`${root}/services/${serviceId}/save`} className={styles.form} noValidate>
          {isNew ? <Once /> : null}
          <Line name="name" label={words.fields.name} value={service.name} draft={typed} />
          <Line
            name="description"
            label={words.fields.description}
            value={service.description}
            draft={typed}
            prose
            max={2000}
            optionalWord={words.optional}
          />
          <div className={styles.grid}>
            {line('durationMinutes')}
            <Line
              name="amount"
              label={words.fields.amount}
              value={service.amount ? typedPrice(service.amount, service.currency) : ''}
              draft={typed}
              after={service.currency}
              optionalWord={words.optional}
              max={12}
            />
            {line('capacity')}
          </div>
          <RadioGroup
            legend={own.given}
            name="given"
            defaultValue={typed?.typed.given ?? service.given}
            options={ways.map((value) => ({ value, label: own.ways[value], hint: own.waysHint[value] }))}
          />
          <details className={styles.more} open={Boolean(typed)}>
            <summary>{words.fields.more}</summary>
            <div className={styles.grid}>
              {numbers.map(line)}
              {line('freeUntilHours')}
              {line('lateFeePercent')}
            </div>
          </details>
          {isNew || !open ? (
            <div className={styles.actions}>
              <Button type="submit" tone="primary" whyNot={open ? null : words.forbidden}>
                {words.save}
              </Button>
            </div>
          ) : (
            <ImpactAndSave
              name="service"
              at={`${root}/services/${serviceId}`}
              {...{ desk, looked }}
              impact={found?.impact ?? null}
              primary
            />
          )}
        </form>
      </Card>
      {isNew ? null : (
        <BookingRulesCard
          {...{ desk, serviceId, open }}
          rules={service}
          draft={draftFor(desk, 'rules', given.again)}
        />
      )}
      {isNew ? null : <RemindersCard {...{ desk, serviceId, open }} hours={service.reminderHours} />}
      {!isNew && open ? (
        <Card title={words.remove}>
          <form method="post" action={`${root}/services/${serviceId}/archive`} className={styles.form}>
            <Once />
            <p className="quiet">{words.removeService}</p>
            <div>
              <Button type="submit" tone="danger">
                {words.remove}
              </Button>
            </div>
          </form>
        </Card>
      ) : null}
    </>
  )
}
