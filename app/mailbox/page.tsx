import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PublicShell } from '@/components/shell/public-shell'
import { Chip } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { List, ListItem } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Calendar, Search } from '@/components/ui/icons'
import { Input } from '@/components/ui/input'
import { PageHeader } from '@/components/ui/page-header'
import { keptMails, showsMailbox } from '@/server/notification/message/queries'
import styles from './mailbox.module.css'
import { momentOf } from './moment-of'

export const metadata: Metadata = { title: 'Mailbox', robots: { index: false } }

type Props = { searchParams: Promise<{ q?: string | string[] }> }

/** What would have been mailed, in the demo and in development. */
export default async function MailboxPage({ searchParams }: Props) {
  if (!showsMailbox()) notFound()
  const { q } = await searchParams
  const words = typeof q === 'string' ? q.slice(0, 100) : ''
  const mails = await keptMails(words)
  return (
    <PublicShell>
      <PageHeader title="Mailbox">
        No mail server is set, so mails end here. The newest 200 are shown, of everybody.
      </PageHeader>
      <search>
        <form className={styles.search} action="/mailbox" method="get">
          <label htmlFor="q">Address, name or subject</label>
          <div>
            <Input id="q" name="q" type="search" defaultValue={words} maxLength={100} />
            <Button type="submit" icon={<Search />}>
              Search
            </Button>
          </div>
        </form>
      </search>
      {mails.length === 0 ? (
        <Nothing words={words} />
      ) : (
        <List alone label="Mails">
          {mails.map(({ id, createdAt, mail }) => (
            <ListItem key={id} href={`/mailbox/${id}`} title={<bdi>{mail.subject}</bdi>}>
              <span className="quiet small">
                <time dateTime={createdAt}>{momentOf(createdAt)}</time>, to <bdi>{mail.to.address}</bdi> from{' '}
                <bdi>{mail.from.name}</bdi>{' '}
                {mail.calendar ? <Chip icon={Calendar}>Calendar file</Chip> : null}
              </span>
            </ListItem>
          ))}
        </List>
      )}
    </PublicShell>
  )
}

const Nothing = ({ words }: { words: string }) => (
  <div className="card">
    {words ? (
      <EmptyState
        icon={Search}
        title={`No mail matches “${words}”.`}
        action={<Button href="/mailbox">Show all</Button>}
      >
        Try fewer letters.
      </EmptyState>
    ) : (
      <EmptyState title="No mails yet." action={<Button href="/">Book something</Button>}>
        Book a time, or ask for a link to sign in: the mail appears here.
      </EmptyState>
    )}
  </div>
)
