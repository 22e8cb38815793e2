import type { Metadata } from 'next'
import { sentWords } from '@/components/message/sent-words'
import { templateWords } from '@/components/message/template-words'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Filter, Pencil } from '@/components/ui/icons'
import { PageHeader } from '@/components/ui/page-header'
import { Select } from '@/components/ui/select'
import { StatusBadge } from '@/components/ui/status-badge'
import { statusWords } from '@/components/ui/status-words'
import { Table } from '@/components/ui/table'
import { showContact } from '@/server/business/contact/queries'
import { listMessages } from '@/server/notification/message/list'
import { messageChannels, messageStatuses } from '@/server/notification/message/model'
import styles from '../admin.module.css'
import { clockOf } from '../clients/clients'
import { asked, deskOf, type Search, searchOf } from '../desk'
import { reader } from './reader'

type Props = { params: Promise<{ business: string }>; searchParams: Search }
type Message = Awaited<ReturnType<typeof listMessages.execute>>['messages'][number]

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: sentWords[(await deskOf((await params).business)).language].title }
}

/** What was said to whom and why, newest first. */
export default async function MessagesPage({ params, searchParams }: Props) {
  const desk = await deskOf((await params).business, '/messages')
  const { businessId, call, root, language } = desk
  const words = sentWords[language]
  const clock = clockOf(desk)
  const given = await searchOf(searchParams)
  const status = messageStatuses.find((known) => known === given.status)
  const channel = messageChannels.find((known) => known === given.channel)
  const before =
    given.before && given.id && Number.isFinite(Date.parse(given.before))
      ? { time: given.before, id: given.id }
      : undefined
  const contactId = given.contact || undefined
  const whom = contactId ? (await asked(showContact.execute({ businessId, contactId }, call))).contact : null
  const found = await asked(listMessages.execute({ businessId, status, channel, contactId, before }, call))
  const path = `${root}/messages`
  const chosen = {
    ...(status ? { status } : {}),
    ...(channel ? { channel } : {}),
    ...(whom ? { contact: whom.id } : {}),
  }
  const columns = [
    {
      key: 'what',
      head: words.columns.what,
      phone: 'title' as const,
      cell: (m: Message) => <a href={`${path}/${m.id}`}>{words.kinds[m.kind] ?? words.other}</a>,
    },
    {
      key: 'to',
      head: words.columns.to,
      phone: 'deciding' as const,
      cell: (m: Message) => <bdi>{reader(m, words)}</bdi>,
    },
    { key: 'channel', head: words.columns.channel, cell: (m: Message) => words.channels[m.channel] },
    {
      key: 'when',
      head: words.columns.when,
      cell: (m: Message) => <time dateTime={m.createdAt}>{clock.moment(m.createdAt)}</time>,
    },
    {
      key: 'status',
      head: words.columns.status,
      phone: 'action' as const,
      cell: (m: Message) => <StatusBadge noun="message" status={m.status} />,
    },
  ]
  const said = statusWords[language].message
  return (
    <>
      <PageHeader
        title={words.title}
        actions={
          <Button href={`${path}/templates`} icon={<Pencil />}>
            {templateWords[language].link}
          </Button>
        }
      >
        {whom ? (
          <p>
            {words.sentTo}{' '}
            <a href={`${root}/clients/${whom.id}`}>
              <bdi>{whom.name}</bdi>
            </a>
          </p>
        ) : (
          <p className="quiet">{words.under}</p>
        )}
      </PageHeader>
      <search>
        <form method="get" action={path} className={styles.actions}>
          {whom ? <input type="hidden" name="contact" value={whom.id} /> : null}
          <Select
            name="status"
            aria-label={words.columns.status}
            defaultValue={status ?? ''}
            options={[
              { value: '', label: words.anyStatus },
              ...messageStatuses.map((value) => ({ value, label: said[value] })),
            ]}
          />
          <Select
            name="channel"
            aria-label={words.columns.channel}
            defaultValue={channel ?? ''}
            options={[
              { value: '', label: words.anyChannel },
              ...messageChannels.map((value) => ({ value, label: words.channels[value] })),
            ]}
          />
          <Button type="submit" icon={<Filter />}>
            {words.filter}
          </Button>
          {whom ? <Button href={path}>{words.toEverybody}</Button> : null}
        </form>
      </search>
      {found.messages.length === 0 ? (
        status || channel || whom ? (
          <EmptyState title={words.noneOf} action={<Button href={path}>{desk.words.all}</Button>} />
        ) : (
          <EmptyState title={words.none}>{words.noneUnder}</EmptyState>
        )
      ) : (
        <Table caption={words.title} columns={columns} rows={found.messages} rowKey={(m) => m.id} />
      )}
      <div className={styles.actions}>
        {before ? <Button href={`${path}?${new URLSearchParams(chosen)}`}>{words.newer}</Button> : null}
        {found.before ? (
          <Button
            href={`${path}?${new URLSearchParams({ ...chosen, before: found.before.time, id: found.before.id })}`}
          >
            {desk.words.more}
          </Button>
        ) : null}
      </div>
    </>
  )
}
