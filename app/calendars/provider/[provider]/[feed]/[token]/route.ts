import { answerFeed } from '@/app/calendars/answer'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { providerFeed } from '@/server/notification/feed/queries'

type Route = { params: Promise<{ provider: string; feed: string; token: string }> }

export const GET = (request: Request, { params }: Route): Promise<Response> =>
  answerFeed(request, async (bearer) => {
    const { provider: providerId, feed: feedId, token } = await params
    return providerFeed.execute({ providerId, feedId }, newCall(anonymous, { bearer: bearer(token) }))
  })
