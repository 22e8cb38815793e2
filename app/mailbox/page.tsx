import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { titled } from '@/app/around'
import { mailboxWords } from '@/components/message/words'
import { PublicShell } from '@/components/shell/public-shell'
import { Chip } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card, List, ListItem } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Calendar, Search } from '@/components/ui/icons'
import { Input } from '@/components/ui/input'
import { PageHeader } from '@/components/ui/page-header'
import { keptMails, keptTexts, showsMailbox } from '@/server/notification/message/queries'
import { languageOf, localeOf } from '@/server/request'
import styles from './mailbox.module.css'
import { momentOf } from './moment-of'

export const generateMetadata = titled(mailboxWords, (words) => words.title, { robots: { index: false } })

type Props = { searchParams: Promise<{ q?: string | string[] }> }

/** What would have been mailed, in the demo and in development. */
export default async function MailboxPage({ searchParams }: Props) {
  if (!showsMailbox()) notFound()
  const { q } = await searchParams
  const typed = typeof q === 'string' ? q.slice(0, 100) : ''
  const [mails, texts, asked] = [await keptMails(typed), await keptTexts(), await headers()]
  const language = languageOf(asked)
  const words = mailboxWords[language]
  return (
    <PublicShell>
      <PageHeader title={words.title}>{words.under}</PageHeader>
      <search>
        <form className={styles.search} action="/mailbox" method="get">
          <label htmlFor="q">{words.what}</label>
          <div>
            <Input id="q" name="q" type="search" defaultValue={typed} maxLength={100} />
            <Button type="submit" icon={<Search />}>
              {words.search}
            </Button>
          </div>
        </form>
      </search>
      {mails.length === 0 ? (
        <Nothing typed={typed} words={words} />
      ) : (
        <List alone label={words.mails}>
          {mails.map(({ id, createdAt, mail }) => (
            <ListItem key={id} href={`/mailbox/${id}`} title={<bdi>{mail.subject}</bdi>}>
              <span className="quiet small">
                <time dateTime={createdAt}>{momentOf(createdAt, localeOf(asked, language))}</time>,{' '}
                {words.toFrom(mail.to.address, mail.from.name)}{' '}
                {mail.calendar ? <Chip icon={Calendar}>{words.file}</Chip> : null}
              </span>
            </ListItem>
          ))}
        </List>
      )}
      {texts.length > 0 && !typed ? (
        <Card title={words.texts} id="texts" flush>
          <List label={words.texts}>
            {texts.map(({ id, createdAt, sms }) => (
              <ListItem key={id} title={<bdi className={styles.text}>{sms.text}</bdi>}>
                <span className="quiet small">
                  <time dateTime={createdAt}>{momentOf(createdAt, localeOf(asked, language))}</time>,{' '}
                  {words.toFrom(sms.to, sms.from)}
                </span>
              </ListItem>
            ))}
          </List>
        </Card>
      ) : null}
    </PublicShell>
  )
}

const Nothing = ({ typed, words }: { typed: string; words: (typeof mailboxWords)['en'] }) => (
  <div className="card">
    {typed ? (
      <EmptyState
        icon={Search}
        title={words.noMatch(typed)}
        action={<Button href="/mailbox">{words.all}</Button>}
      >
        {words.noMatchUnder}
      </EmptyState>
    ) : (
      <EmptyState title={words.none} action={<Button href="/">{words.book}</Button>}>
        {words.noneUnder}
      </EmptyState>
    )}
  </div>
)
