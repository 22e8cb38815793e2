import type { Metadata } from 'next'
import { type SentWords, sentWords } from '@/components/message/sent-words'
import { SheetView } from '@/components/template/sheet-view'
import { Button } from '@/components/ui/button'
import { Card, Facts } from '@/components/ui/card'
import { Note } from '@/components/ui/note'
import { Once } from '@/components/ui/once'
import { PageHeader } from '@/components/ui/page-header'
import { StatusBadge } from '@/components/ui/status-badge'
import { inTenant } from '@/server/core/query'
import { toLocal } from '@/server/core/time'
import { showMessage } from '@/server/notification/message/list'
import { messageLife } from '@/server/notification/message/model'
import { letterFor, requestOf } from '@/server/notification/message/queries'
import { sheetOf } from '@/server/notification/template/model-sheet'
import { textOf } from '@/server/notification/template/model-text'
import styles from '../../admin.module.css'
import { clockOf } from '../../clients/clients'
import { asked, type Desk, deskOf, draftFor, type Search, searchOf } from '../../desk'
import { Outcome } from '../../parts'
import own from '../messages.module.css'
import { reader } from '../reader'

type Props = { params: Promise<{ business: string; message: string }>; searchParams: Search }
type Shown = Awaited<ReturnType<typeof showMessage.execute>>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: sentWords[(await deskOf((await params).business)).language].title, referrer: 'same-origin' }
}

/** One message: to whom, why, what became of it, and its words. */
export default async function MessagePage({ params, searchParams }: Props) {
  const { business: slug, message: messageId } = await params
  const desk = await deskOf(slug, `/messages/${messageId}`)
  const { businessId, call, root, language } = desk
  const words = sentWords[language]
  const clock = clockOf(desk)
  const given = await searchOf(searchParams)
  const shown = await asked(showMessage.execute({ businessId, messageId }, call))
  const { message, history } = shown
  const mayRetry = messageLife.can(message.status, 'retry')
  return (
    <>
      <PageHeader
        title={words.kinds[message.kind] ?? words.other}
        actions={<StatusBadge noun="message" status={message.status} />}
      >
        <a href={`${root}/messages`}>{words.title}</a>
      </PageHeader>
      <Outcome desk={desk} draft={draftFor(desk, 'message', given.again)} />
      {given.saved ? (
        <Note tone="good" role="status">
          {words.againNote}
        </Note>
      ) : null}
      <Card>
        <Facts
          facts={[
            [words.columns.to, <Reader key="to" {...{ desk, words }} message={message} />],
            [words.columns.channel, words.channels[message.channel]],
            [words.why, why(shown, words, clock.moment)],
            [words.about, <About key="about" {...{ desk, words }} message={message} />],
          ]}
        />
        {message.error ? (
          <Note tone="bad">{words.errors[message.error] ?? words.errorOther(message.error)}</Note>
        ) : null}
        {mayRetry ? (
          <form method="post" action={`${root}/messages/${messageId}/resend`}>
            <Once />
            <Button type="submit" tone="primary">
              {words.again}
            </Button>
          </form>
        ) : null}
      </Card>
      <Card title={words.history}>
        <ul>
          {history.map((step) => (
            <li key={step.time + step.type} className={styles.row}>
              {words.steps[step.type] ?? step.type}
              <time className="quiet small" dateTime={step.time}>
                {clock.moment(step.time)}
              </time>
            </li>
          ))}
        </ul>
      </Card>
      <Words {...{ desk, words }} messageId={messageId} channel={message.channel} />
    </>
  )
}

type PartProps = { desk: Desk; words: SentWords; message: Shown['message'] }

function Reader({ desk, words, message }: PartProps) {
  const name = <bdi>{reader(message, words)}</bdi>
  const at = message.channel === 'sms' ? message.to?.phone : message.to?.email
  if (!message.to?.name) return name
  return (
    <>
      <a href={`${desk.root}/clients/${message.to.id}`}>{name}</a>
      {at ? <span className="quiet"> {at}</span> : null}
    </>
  )
}

function About({ desk, words, message: { aboutType, aboutId, createdAt } }: PartProps) {
  if (aboutType === 'booking.waitlist') return <a href={`${desk.root}/waiting`}>{words.waiting}</a>
  if (aboutType !== 'booking.appointment') return <span>–</span>
  const { date } = toLocal(desk.business.timeZone, Date.parse(createdAt))
  return <a href={`${desk.root}/calendar?open=${aboutId}&date=${date}`}>{words.appointment}</a>
}

function why({ message, cause }: Shown, words: SentWords, moment: (at: string) => string): string {
  if (message.kind === 'appointment_reminder') return words.reminderCause
  if (!cause) return words.causeUnknown
  return words.at(words.causes[cause.type] ?? cause.type, moment(cause.time))
}

type WordsProps = { desk: Desk; words: SentWords; messageId: string; channel: Shown['message']['channel'] }

/** Written again as it was, or would be now; in a frame where nothing runs. */
async function Words({ desk, words, messageId, channel }: WordsProps) {
  if (channel === 'inbox') return null
  const found = await inTenant(desk.businessId, async (tx) => {
    const requested = await requestOf(tx, desk.businessId, messageId)
    return requested && letterFor(tx, requested)
  })
  if (!found)
    return (
      <Card title={words.words}>
        <p className="quiet">{words.noWords}</p>
      </Card>
    )
  if (channel === 'sms')
    return (
      <Card title={words.words}>
        <p className={own.text}>{textOf(found.letter)}</p>
      </Card>
    )
  const sheet = sheetOf(found.letter)
  return (
    <Card title={words.words}>
      <p>
        {words.subject}: <bdi>{sheet.subject}</bdi>
        <br />
        <span className="quiet small">{words.wordsNow}</span>
      </p>
      <SheetView sheet={sheet} />
    </Card>
  )
}
