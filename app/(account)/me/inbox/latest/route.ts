import type { Latest } from '@/components/inbox/answer'
import { noticeInWords } from '@/components/inbox/notice-in-words'
import { inboxWords } from '@/components/inbox/words'
import { profileOf } from '@/server/auth/user/queries'
import { isZone } from '@/server/core/time'
import { countUnread, listInbox } from '@/server/notification/inbox/queries'
import { problem } from '@/server/problem'
import { cookieOf, correlationOf, languageOf, localeOf, viewOf } from '@/server/request'

const mostShown = 6

/** What the bell shows: in the reader's words, so that it needs none of its own. */
export async function GET({ headers }: Request): Promise<Response> {
  try {
    const call = await viewOf(headers)
    const [{ unread }, { notices }] = await Promise.all([
      countUnread.execute({}, call),
      listInbox.execute({ limit: mostShown }, call),
    ])
    const person = call.actor.kind === 'user' ? await profileOf(call.actor.userId) : null
    const language = languageOf(headers)
    const cookie = cookieOf(headers, 'zone')
    const zone = person?.timeZone ?? (cookie && isZone(cookie) ? cookie : 'UTC')
    const latest: Latest = {
      unread,
      shownTo: notices[0]?.createdAt ?? null,
      notices: notices.map((notice) => {
        const said = noticeInWords(notice, inboxWords[language], localeOf(headers, language), zone)
        const under = [said.business, said.told].filter(Boolean).join(' · ')
        const { id, unread: fresh, path } = notice
        return { id, unread: fresh, leads: path !== null, title: said.title, about: said.about, under }
      }),
    }
    return Response.json(latest, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return problem(error, correlationOf(headers))
  }
}
