import type { Metadata } from 'next'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Download, Plus } from '@/components/ui/icons'
import { Note } from '@/components/ui/note'
import { PageHeader } from '@/components/ui/page-header'
import { Table } from '@/components/ui/table'
import { listContacts } from '@/server/business/contact/list'
import { asked, deskOf, type Search, searchOf } from '../desk'
import { afterOf, NoMatch, pageAfter, SearchBar } from '../parts'
import { clientWords, clockOf } from './clients'
import styles from './clients.module.css'

type Props = { params: Promise<{ business: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: clientWords(await deskOf((await params).business)).title }
}

/** Everybody the business knows: who they are, when they were here, when they come. */
export default async function ClientsPage({ params, searchParams }: Props) {
  const desk = await deskOf((await params).business, '/clients')
  const { businessId, call, root, manages } = desk
  const words = clientWords(desk)
  const clock = clockOf(desk)
  const given = await searchOf(searchParams)
  const q = given.q?.trim().slice(0, 100) ?? ''
  const path = `${root}/clients`
  const { contacts, after } = await asked(
    listContacts.execute({ businessId, q, limit: 25, after: afterOf(given) }, call),
  )
  const columns = [
    {
      key: 'name',
      head: words.columns.name,
      phone: 'title' as const,
      cell: (c: Contact) => (
        <span className={styles.who}>
          <Avatar name={c.name} size="small" />
          <a href={`${path}/${c.id}`}>
            <bdi>{c.name}</bdi>
          </a>
        </span>
      ),
    },
    {
      key: 'reach',
      head: words.columns.reach,
      phone: 'deciding' as const,
      cell: (c: Contact) => (
        <span className={styles.reach}>
          {c.email || c.phone ? [c.email, c.phone].filter(Boolean).join(' · ') : words.noReach}
        </span>
      ),
    },
    { key: 'last', head: words.columns.last, phone: 'hide' as const, cell: (c: Contact) => day(c.last) },
    { key: 'next', head: words.columns.next, phone: 'action' as const, cell: (c: Contact) => day(c.next) },
  ]
  const day = (at: string | null) => (at ? <time dateTime={at}>{clock.day(at)}</time> : '–')
  return (
    <>
      <PageHeader
        title={words.title}
        actions={
          <>
            {manages ? <Button href={`${path}/import`}>{words.importList}</Button> : null}
            {manages && contacts.length > 0 ? (
              <form action={`${path}/export`}>
                <Button type="submit" icon={<Download />}>
                  {words.exportList}
                </Button>
              </form>
            ) : null}
            <Button href={`${path}/new`} tone="primary" icon={<Plus />}>
              {words.add}
            </Button>
          </>
        }
      />
      <Said given={given} words={words} />
      <SearchBar desk={{ ...desk, words: { ...desk.words, searchFor: words.searchFor } }} path={path} q={q} />
      {contacts.length === 0 ? (
        q ? (
          <NoMatch desk={desk} path={path} q={q} />
        ) : (
          <EmptyState title={words.none}>{words.noneUnder}</EmptyState>
        )
      ) : (
        <Table caption={words.title} columns={columns} rows={contacts} rowKey={(c) => c.id} />
      )}
      {after ? (
        <p>
          <Button href={path + pageAfter(after, q)}>{desk.words.more}</Button>
        </p>
      ) : null}
    </>
  )
}

type Contact = Awaited<ReturnType<typeof listContacts.execute>>['contacts'][number]

const numberIn = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : null

function Said({
  given,
  words,
}: {
  given: Record<string, string | undefined>
  words: ReturnType<typeof clientWords>
}) {
  const [added, left] = [numberIn(given.added), numberIn(given.left)]
  if (added === null && !given.forgotten) return null
  return (
    <Note tone="good" role="status">
      {given.forgotten ? words.forgotten : words.list.done(added ?? 0)} {left ? words.list.left(left) : null}
    </Note>
  )
}
