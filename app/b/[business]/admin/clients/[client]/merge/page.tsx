import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { Card, List, ListItem } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Right } from '@/components/ui/icons'
import { Once } from '@/components/ui/once'
import { PageHeader } from '@/components/ui/page-header'
import { previewMerge } from '@/server/business/contact/preview-merge'
import { searchContacts, showContact } from '@/server/business/contact/queries'
import styles from '../../../admin.module.css'
import { asked, type Desk, deskOf, type Search, searchOf } from '../../../desk'
import { Outcome, SearchBar } from '../../../parts'
import { clientDraft, clientWords } from '../../clients'
import own from '../../clients.module.css'

type Props = { params: Promise<{ business: string; client: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: clientWords(await deskOf((await params).business)).mergeWord }
}

/** Finds the other entry of one person, and says what merging the two would do. */
export default async function MergePage({ params, searchParams }: Props) {
  const { business: slug, client: intoId } = await params
  const desk = await deskOf(slug, `/clients/${intoId}/merge`)
  const { businessId, call, root } = desk
  const words = clientWords(desk)
  const given = await searchOf(searchParams)
  const { contact } = await asked(showContact.execute({ businessId, contactId: intoId }, call))
  if (contact.id !== intoId) redirect(`${root}/clients/${contact.id}/merge`)
  const path = `${root}/clients/${intoId}/merge`
  const draft = clientDraft(desk, 'client', given.again)
  return (
    <>
      <PageHeader title={<bdi>{words.mergeTitle(contact.name)}</bdi>}>
        <a href={`${root}/clients/${intoId}`}>
          <bdi>{contact.name}</bdi>
        </a>
        <p className="quiet">{words.mergeUnder}</p>
      </PageHeader>
      <Outcome desk={desk} draft={draft} />
      {given.with ? (
        <Preview {...{ desk, intoId, path }} contactId={given.with} />
      ) : (
        <Candidates {...{ desk, contact, path }} q={given.q?.trim().slice(0, 100)} />
      )}
    </>
  )
}

type Person = { id: string; name: string; email: string | null; phone: string | null }

async function Candidates(props: { desk: Desk; contact: Person; path: string; q: string | undefined }) {
  const { desk, contact, path, q } = props
  const words = clientWords(desk)
  const wanted = q ? [q] : [contact.email, contact.phone, contact.name].filter((word) => word !== null)
  const found = await Promise.all(
    wanted.map((word) =>
      asked(searchContacts.execute({ businessId: desk.businessId, q: word, limit: 20 }, desk.call)),
    ),
  )
  const others = new Map(
    found
      .flatMap(({ contacts }) => contacts.map((c) => [c.id, c] as const))
      .filter(([id]) => id !== contact.id),
  )
  return (
    <>
      <SearchBar
        desk={{ ...desk, words: { ...desk.words, searchFor: words.searchFor } }}
        path={path}
        q={q ?? ''}
      />
      {others.size === 0 ? (
        <EmptyState title={q ? desk.words.noMatch(q) : words.mergeNone} />
      ) : (
        <Card title={words.mergeFound} flush>
          <List label={words.mergeFound}>
            {[...others.values()].map((c) => (
              <ListItem
                key={c.id}
                href={`${path}?with=${c.id}`}
                title={<bdi>{c.name}</bdi>}
                after={<Right />}
              >
                <span className="quiet small">
                  {[c.email, c.phone].filter(Boolean).join(' · ') || words.noReach}
                </span>
              </ListItem>
            ))}
          </List>
        </Card>
      )}
    </>
  )
}

type PreviewProps = { desk: Desk; intoId: string; contactId: string; path: string }

async function Preview({ desk, intoId, contactId, path }: PreviewProps) {
  const words = clientWords(desk)
  const asking = { businessId: desk.businessId, contactId, intoId }
  const { from, into, moves } = await asked(previewMerge.execute(asking, desk.call))
  const clients = `${desk.root}/clients`
  return (
    <Card title={words.mergePreview}>
      <div className={own.pair}>
        <Side title={words.stays} person={into} desk={desk} stays />
        <Side title={words.goes} person={from} desk={desk} />
      </div>
      <p>
        {words.moves(
          words.movesAppointments(moves.appointments),
          words.movesWaiting(moves.waiting),
          words.movesNotes(moves.notes),
        )}
      </p>
      <p className="quiet small">{words.mergeUndo}</p>
      <form method="post" action={`${clients}/${intoId}/combine`} className={styles.actions}>
        <Once />
        <input type="hidden" name="contact" value={from.id} />
        <Button type="submit" tone="primary">
          {words.doMerge}
        </Button>
        <Button href={`${clients}/${from.id}/merge?with=${into.id}`}>{words.swap}</Button>
        <Button tone="quiet" href={path}>
          {desk.words.back}
        </Button>
      </form>
    </Card>
  )
}

type SideProps = { title: string; person: Person; desk: Desk; stays?: boolean }

const Side = ({ title, person, desk, stays }: SideProps) => (
  <div className={own.side} data-stays={stays || undefined}>
    <span className="quiet small">{title}</span>
    <strong>
      <bdi>{person.name}</bdi>
    </strong>
    <span>{[person.email, person.phone].filter(Boolean).join(' · ') || clientWords(desk).noReach}</span>
  </div>
)
