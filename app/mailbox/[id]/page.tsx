import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { titled } from '@/app/around'
import { mailboxWords } from '@/components/message/words'
import { PublicShell } from '@/components/shell/public-shell'
import { Button } from '@/components/ui/button'
import { Card, Facts } from '@/components/ui/card'
import { PageHeader } from '@/components/ui/page-header'
import { TabLinks } from '@/components/ui/tab-links'
import { keptMailById } from '@/server/notification/message/queries'
import { languageOf, localeOf } from '@/server/request'
import styles from '../mailbox.module.css'
import { momentOf } from '../moment-of'

export const generateMetadata = titled(mailboxWords, (words) => words.one, {
  robots: { index: false },
  referrer: 'same-origin',
})

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ as?: string }> }

/** One mail as its reader would see it, or as its text alternative says it. */
export default async function MailPage({ params, searchParams }: Props) {
  const [{ id }, query] = await Promise.all([params, searchParams])
  const entry = await keptMailById(id)
  if (!entry) notFound()
  const { mail, createdAt } = entry
  const asked = await headers()
  const language = languageOf(asked)
  const words = mailboxWords[language]
  const asText = query.as === 'text'
  return (
    <PublicShell>
      <p className="small">
        <a href="/mailbox">{words.back}</a>
      </p>
      <PageHeader
        title={<bdi>{mail.subject}</bdi>}
        actions={mail.calendar ? <Button href={`/mailbox/${id}/calendar`}>{words.file}</Button> : null}
      />
      <Card>
        <Facts
          facts={[
            [words.from, <bdi key="from">{`${mail.from.name} <${mail.from.address}>`}</bdi>],
            [words.to, <bdi key="to">{`${mail.to.name} <${mail.to.address}>`}</bdi>],
            [
              words.when,
              <time key="when" dateTime={createdAt}>
                {momentOf(createdAt, localeOf(asked, language))}
              </time>,
            ],
            ['Message-ID', <code key="id">{mail.messageId}</code>],
          ]}
        />
      </Card>
      <TabLinks
        label={words.shownAs}
        tabs={[
          { href: `/mailbox/${id}`, label: words.page, current: !asText },
          { href: `/mailbox/${id}?as=text`, label: words.text, current: asText },
        ]}
      />
      {asText ? (
        <Card>
          <pre className={styles.text}>{mail.text}</pre>
        </Card>
      ) : (
        <Card flush>
          {/* Nothing runs in it; links open beside it, as they would from a mail program. */}
          <iframe
            className={styles.frame}
            title={words.frame(mail.subject)}
            sandbox="allow-popups allow-popups-to-escape-sandbox"
            srcDoc={mail.html.replace('<head>', '<head><base target="_blank">')}
          />
        </Card>
      )}
    </PublicShell>
  )
}
