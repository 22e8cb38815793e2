import type { Metadata } from 'next'
import { calendarWords } from '@/components/calendar/words'
import { WeekFields } from '@/components/provider/week-fields'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/choice'
import { Field } from '@/components/ui/field'
import { Note } from '@/components/ui/note'
import { Once } from '@/components/ui/once'
import { PageHeader } from '@/components/ui/page-header'
import { Select } from '@/components/ui/select'
import { listMembers } from '@/server/auth/membership/queries'
import { namesOfUsers } from '@/server/auth/user/queries'
import { countUpcoming } from '@/server/booking/appointment/show'
import { listedProvider } from '@/server/business/provider/list'
import styles from '../../admin.module.css'
import { asked, type Desk, deskOf, draftFor, type Search, searchOf } from '../../desk'
import { Line, Outcome } from '../../parts'
import { choicesFor, perStretch } from '../../places/choices'
import { FeedCard } from './feed-card'
import { HolidaysCard } from './holidays-card'
import { OutsideCard } from './outside-card'
import { RoomCard } from './room-card'
import { ServicesField } from './services-field'
import { SpecialDays } from './special-days'
import { WeekCard } from './week-card'

type Props = { params: Promise<{ business: string; provider: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await deskOf((await params).business)).words.provider }
}

const office: [string, string][] = [['09:00', '17:00']]
const usual = { '1': office, '2': office, '3': office, '4': office, '5': office }

const blank = ({ business }: Desk) => ({
  name: '',
  bio: '',
  published: true,
  status: 'active' as const,
  userId: null,
  serviceIds: null,
  feedId: null,
  roomLink: null,
  rules: { timeZone: business.timeZone, weekly: usual, overrides: {} },
})

/** Who is booked: the person, what they do, and when. */
export default async function ProviderPage({ params, searchParams }: Props) {
  const { business: slug, provider: providerId } = await params
  const desk = await deskOf(slug, `/providers/${providerId}`)
  const { businessId, call, words, root, language, manages } = desk
  const given = await searchOf(searchParams)
  const isNew = providerId === 'new'
  const provider = isNew ? blank(desk) : await asked(listedProvider.execute({ businessId, providerId }, call))
  const draft = draftFor(desk, 'provider', given.again)
  const week = draftFor(desk, 'week', given.again)
  const day = draftFor(desk, 'day', given.again)
  const holidays = draftFor(desk, 'holidays', given.again)
  const room = draftFor(desk, 'room', given.again)
  const path = `${root}/providers/${providerId}`
  const open = provider.status === 'active' && manages
  const { actor } = call
  const isOwn = provider.status === 'active' && actor.kind === 'user' && provider.userId === actor.userId
  return (
    <>
      <PageHeader title={isNew ? words.newProvider : provider.name}>
        <a href={`${root}/providers`}>{words.places.providers}</a>
      </PageHeader>
      <Outcome desk={desk} draft={draft ?? week ?? day ?? holidays ?? room} saved={given.saved} />
      <Card>
        <form method="post" action={`${path}/save`} className={styles.form} noValidate>
          {isNew ? <Once /> : null}
          <Line name="name" label={words.fields.name} value={provider.name} draft={draft} />
          <Line
            name="bio"
            label={words.fields.bio}
            value={provider.bio}
            draft={draft}
            prose
            max={4000}
            optionalWord={words.optional}
          />
          <ServicesField
            {...{ desk, draft }}
            providerId={isNew ? null : providerId}
            serviceIds={provider.serviceIds}
          />
          {isNew ? null : <Account desk={desk} userId={provider.userId} />}
          <Checkbox
            name="published"
            label={words.fields.published}
            defaultChecked={draft ? 'published' in draft.typed : provider.published}
          />
          {isNew ? (
            <fieldset className={styles.group}>
              <legend>{words.fields.hours}</legend>
              <WeekFields
                language={language}
                weekly={provider.rules.weekly}
                places={perStretch(await choicesFor(desk))}
                typed={draft?.typed}
                wrong={draft?.wrong}
              />
            </fieldset>
          ) : null}
          <div className={styles.actions}>
            <Button type="submit" tone="primary" whyNot={open ? null : words.forbidden}>
              {words.save}
            </Button>
          </div>
        </form>
      </Card>
      {isNew ? null : (
        <>
          <WeekCard {...{ desk, path, providerId, given }} rules={provider.rules} draft={week} />
          <SpecialDays
            {...{ desk, path, providerId, given }}
            overrides={provider.rules.overrides}
            zone={provider.rules.timeZone}
            draft={day}
          />
          <HolidaysCard {...{ desk, path, providerId, given }} rules={provider.rules} draft={holidays} />
          {open || isOwn ? <RoomCard {...{ desk, path }} link={provider.roomLink} draft={room} /> : null}
          {provider.status === 'active' ? (
            <OutsideCard
              {...{ desk, path, providerId }}
              zone={provider.rules.timeZone}
              draft={draftFor(desk, 'outside', given.again)}
            />
          ) : null}
          {open ? <FeedCard {...{ desk, path, providerId }} feedId={provider.feedId} /> : null}
        </>
      )}
      {!isNew && open ? (
        <Card title={words.remove}>
          <form method="post" action={`${path}/archive`} className={styles.form}>
            <Once />
            <p className="quiet">{words.removeProvider}</p>
            <Ahead desk={desk} providerId={providerId} />
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

/** Who still comes to them, before anybody takes them away. */
async function Ahead({ desk, providerId }: { desk: Desk; providerId: string }) {
  const { businessId, call, words, root } = desk
  const { appointments } = await countUpcoming.execute({ businessId, providerId }, call)
  if (appointments === 0) return null
  return (
    <Note tone="warn" title={words.removeBooked(appointments)}>
      <a href={`${root}/calendar?${new URLSearchParams({ view: 'agenda', who: providerId })}`}>
        {words.places.calendar}
      </a>
    </Note>
  )
}

/** Whose calendar it is: theirs to see and tend. */
async function Account({ desk, userId }: { desk: Desk; userId: string | null }) {
  const { businessId, call, language, manages } = desk
  const words = calendarWords[language]
  if (!manages) return null
  const { members } = await listMembers.execute({ businessId }, call)
  const ids = [...new Set(members.map((member) => member.userId))]
  const names = await namesOfUsers(ids)
  const options = ids.map((value) => ({ value, label: names.get(value) ?? '–' }))
  return (
    <Field label={words.account} hint={words.accountHint}>
      {(control) => (
        <Select
          {...control}
          name="account"
          defaultValue={userId ?? ''}
          options={[{ value: '', label: words.noAccount }, ...options]}
        />
      )}
    </Field>
  )
}
