import { titled } from '@/app/around'
import { Fresh } from '@/components/appointment/fresh'
import styles from '@/components/inbox/inbox.module.css'
import { noticeInWords } from '@/components/inbox/notice-in-words'
import { inboxWords } from '@/components/inbox/words'
import { Button } from '@/components/ui/button'
import { List, ListItem } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Check, Right, Tray } from '@/components/ui/icons'
import { OwnFrame } from '@/components/user/own-frame'
import { newCall } from '@/server/core/command'
import { countUnread, listInbox } from '@/server/notification/inbox/queries'
import { keyIn, mustBeSignedIn, type Params, placeOf } from '../../place'

export const generateMetadata = titled(inboxWords, (words) => words.title)

/** What businesses told whoever has this account, each with the way to what it is about. */
export default async function InboxPage({ searchParams }: { searchParams: Params }) {
  const { language, locale, headers, one, zone: seen } = await placeOf(searchParams, 'inbox')
  const { who, person } = await mustBeSignedIn(headers, '/me/inbox')
  const words = inboxWords[language]
  const before = keyIn(one, 'before')
  const call = newCall(who.actor)
  const [{ notices, before: next }, { unread }] = await Promise.all([
    listInbox.execute({ before }, call),
    countUnread.execute({}, call),
  ])
  const zone = person.timeZone ?? seen ?? 'UTC'
  return (
    <OwnFrame
      language={language}
      title={words.title}
      actions={<Fresh topics={[`user:${who.actor.userId}`]} />}
    >
      <p className="quiet">{words.under}</p>
      <div className="row" data-apart="">
        <a href="/me/account/messages">{words.choose}</a>
        {unread > 0 && notices[0] ? (
          <form method="post" action="/me/inbox/clear">
            <input type="hidden" name="shownTo" value={before ? '' : notices[0].createdAt} />
            <Button type="submit" size="small" icon={<Check />}>
              {words.clear}
            </Button>
          </form>
        ) : null}
      </div>
      {notices.length === 0 ? (
        <EmptyState icon={Tray} title={words.none}>
          {words.noneUnder}
        </EmptyState>
      ) : (
        <List alone label={words.title}>
          {notices.map((notice) => {
            const said = noticeInWords(notice, words, locale, zone)
            return (
              <ListItem
                key={notice.id}
                href={notice.path ? `/me/inbox/open/${notice.id}` : undefined}
                before={<i className={styles.dot} data-read={notice.unread ? undefined : ''} />}
                title={
                  <>
                    {notice.unread ? <b>{said.title}</b> : said.title}
                    {notice.unread ? <span className="vh">, {words.unread}</span> : null}
                  </>
                }
                after={notice.path ? <Right /> : null}
              >
                {said.about ? <span className="small">{said.about}</span> : null}
                <span className="quiet small">
                  <bdi>{said.business}</bdi> · <time dateTime={notice.createdAt}>{said.told}</time>
                </span>
              </ListItem>
            )
          })}
        </List>
      )}
      {next || before ? (
        <p className="row">
          {next ? (
            <Button href={`/me/inbox?${new URLSearchParams({ before: next.time, id: next.id })}`}>
              {words.older}
            </Button>
          ) : null}
          {before ? (
            <Button tone="quiet" href="/me/inbox">
              {words.newest}
            </Button>
          ) : null}
        </p>
      ) : null}
    </OwnFrame>
  )
}
