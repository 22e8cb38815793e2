import { titled } from '@/app/around'
import { sentWords } from '@/components/message/sent-words'
import { preferenceWords } from '@/components/preference/words'
import { Button } from '@/components/ui/button'
import { List, ListItem } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Right, Tray } from '@/components/ui/icons'
import { Frame } from '@/components/user/frame'
import { newCall } from '@/server/core/command'
import { listInbox } from '@/server/notification/inbox/queries'
import { mustBeSignedIn, type Params, placeOf } from '../../place'

export const generateMetadata = titled(preferenceWords, (words) => words.inbox)

/** What businesses told whoever has this account, each with the way to what it is about. */
export default async function InboxPage({ searchParams }: { searchParams: Params }) {
  const { language, locale, headers, one, zone } = await placeOf(searchParams, 'inbox')
  const { who, person } = await mustBeSignedIn(headers, '/me/inbox')
  const words = preferenceWords[language]
  const { kinds, other } = sentWords[language]
  const [time, id] = [one('before'), one('id')]
  const before = time && id && Number.isFinite(Date.parse(time)) ? { time, id } : undefined
  const found = await listInbox.execute({ before }, newCall(who.actor))
  const moment = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: person.timeZone ?? zone ?? 'UTC',
  })
  return (
    <Frame language={language} title={words.inbox} wide>
      <p>
        <a href="/me/account/messages">{words.account}</a>
      </p>
      {found.notices.length === 0 ? (
        <EmptyState icon={Tray} title={words.inboxNone}>
          {words.inboxNoneUnder}
        </EmptyState>
      ) : (
        <List alone label={words.inbox}>
          {found.notices.map((notice) => (
            <ListItem
              key={notice.id}
              href={notice.path ?? undefined}
              title={kinds[notice.kind] ?? other}
              after={notice.path ? <Right /> : null}
            >
              <span className="quiet small">
                <bdi>{notice.business}</bdi>,{' '}
                <time dateTime={notice.createdAt}>{moment.format(Date.parse(notice.createdAt))}</time>
              </span>
            </ListItem>
          ))}
        </List>
      )}
      {found.before ? (
        <p>
          <Button
            href={`/me/inbox?${new URLSearchParams({ before: found.before.time, id: found.before.id })}`}
          >
            {words.older}
          </Button>
        </p>
      ) : null}
    </Frame>
  )
}
