import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Mail } from '@/components/ui/icons'
import { Once } from '@/components/ui/once'
import { PageHeader } from '@/components/ui/page-header'
import { listContactAppointments } from '@/server/business/contact/list'
import { showContact } from '@/server/business/contact/queries'
import styles from '../../admin.module.css'
import { asked, type Desk, deskOf, type Search, searchOf } from '../../desk'
import { Line, Outcome } from '../../parts'
import { clientDraft, clientWords, clockOf } from '../clients'
import { Forget, Merged } from './entries'
import { History } from './history'
import { Notes } from './notes'

type Props = { params: Promise<{ business: string; client: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: clientWords(await deskOf((await params).business)).one }
}

type Given = Record<string, string | undefined>

/** One person: who they are, what they booked, what is written down about them. */
export default async function ClientPage({ params, searchParams }: Props) {
  const { business: slug, client: contactId } = await params
  const desk = await deskOf(slug, `/clients/${contactId}`)
  const given = await searchOf(searchParams)
  return contactId === 'new' ? <NewClient {...{ desk, given }} /> : <Known {...{ desk, given, contactId }} />
}

function NewClient({ desk, given }: { desk: Desk; given: Given }) {
  const words = clientWords(desk)
  const draft = clientDraft(desk, 'client', given.again)
  return (
    <>
      <PageHeader title={words.add}>
        <a href={`${desk.root}/clients`}>{words.title}</a>
      </PageHeader>
      <Outcome desk={desk} draft={draft} />
      <Card>
        <PersonForm {...{ desk, draft }} path={`${desk.root}/clients/new`} />
      </Card>
    </>
  )
}

async function Known({ desk, given, contactId }: { desk: Desk; given: Given; contactId: string }) {
  const { businessId, call, root } = desk
  const words = clientWords(desk)
  const found = await asked(showContact.execute({ businessId, contactId }, call))
  const { contact, counts } = found
  if (contact.id !== contactId) redirect(`${root}/clients/${contact.id}`)
  const before =
    given.before && given.id && Number.isFinite(Date.parse(given.before))
      ? { startTime: given.before, id: given.id }
      : undefined
  const history = await asked(
    listContactAppointments.execute({ businessId, contactId, limit: 10, before }, call),
  )
  const draft = clientDraft(desk, 'client', given.again)
  const note = clientDraft(desk, 'note', given.again)
  const path = `${root}/clients/${contactId}`
  const said = [
    counts.came > 0 ? words.counts.came(counts.came) : null,
    counts.ahead > 0 ? words.counts.ahead(counts.ahead) : null,
    counts.cancelled > 0 ? words.counts.cancelled(counts.cancelled) : null,
    counts.noShows > 0 ? words.counts.noShows(counts.noShows) : null,
  ]
  return (
    <>
      <PageHeader
        title={<bdi>{contact.name}</bdi>}
        actions={
          desk.manages ? (
            <Button href={`${root}/messages?contact=${contactId}`} icon={<Mail />}>
              {words.sent}
            </Button>
          ) : null
        }
      >
        <a href={`${root}/clients`}>{words.title}</a>
        <p className="quiet">
          {[words.since(clockOf(desk).day(contact.since)), ...said].filter(Boolean).join(' · ')}
        </p>
      </PageHeader>
      <Outcome desk={desk} draft={draft ?? note} saved={given.saved} />
      <div className={styles.desk}>
        <div>
          <History {...{ desk, path, history }} paged={before !== undefined} />
          <Notes {...{ desk, path }} notes={found.notes} draft={note} />
        </div>
        <div>
          <Card title={words.contact}>
            <PersonForm {...{ desk, draft, path }} person={contact} />
          </Card>
          <Merged {...{ desk, path }} merged={found.merged} />
          {desk.manages ? <Forget {...{ desk, path }} again={given.again} /> : null}
        </div>
      </div>
    </>
  )
}

type PersonProps = {
  desk: Desk
  path: string
  draft: ReturnType<typeof clientDraft>
  person?: { name: string; email: string | null; phone: string | null }
}

function PersonForm({ desk, path, draft, person }: PersonProps) {
  const words = clientWords(desk)
  const may = desk.manages || !person
  return (
    <form method="post" action={`${path}/save`} className={styles.form} noValidate>
      {person ? null : <Once />}
      <Line name="name" label={words.fields.name} value={person?.name ?? ''} draft={draft} />
      <Line
        name="email"
        type="email"
        label={words.fields.email}
        value={person?.email ?? ''}
        draft={draft}
        max={254}
        optionalWord={desk.words.optional}
      />
      <Line
        name="phone"
        type="tel"
        label={words.fields.phone}
        value={person?.phone ?? ''}
        draft={draft}
        max={30}
        optionalWord={desk.words.optional}
      />
      <div className={styles.actions}>
        <Button type="submit" tone="primary" whyNot={may ? null : desk.words.forbidden}>
          {words.save}
        </Button>
      </div>
    </form>
  )
}
