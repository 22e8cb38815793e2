import { answerFeed } from '@/app/calendars/answer'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { personFeed } from '@/server/notification/feed/queries'

type Route = { params: Promise<{ feed: string; token: string }> }

export const GET = (request: Request, { params }: Route): Promise<Response> =>
  answerFeed(request, async (bearer) => {
    const { feed: feedId, token } = await params
    return personFeed.execute({ feedId }, newCall(anonymous, { bearer: bearer(token) }))
  })
