import { answerFeed } from '@/app/calendars/answer'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { clientFeed } from '@/server/notification/feed/queries'

type Route = { params: Promise<{ business: string; contact: string; token: string }> }

export const GET = (request: Request, { params }: Route): Promise<Response> =>
  answerFeed(request, async (bearer) => {
    const { business: businessId, contact: contactId, token } = await params
    return clientFeed.execute({ businessId, contactId }, newCall(anonymous, { bearer: bearer(token) }))
  })
