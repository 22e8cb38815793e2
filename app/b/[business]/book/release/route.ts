import { isRefusal } from '@/server/core/errors'
import { serveForm } from '@/server/forms'
import { callOf } from '@/server/request'
import { releaseHold } from '@/server/scheduling/hold/release'

/** The page was left: the time is free again at once. Said by a beacon, so nobody reads the answer. */
export const POST = async (request: Request): Promise<Response> =>
  serveForm(request, async (form) => {
    const call = { ...(await callOf(request.headers)), bearer: form.get('token') }
    await releaseHold.execute({ holdId: form.get('hold') ?? '' }, call).catch((error) => {
      if (!isRefusal(error)) throw error
    })
    return new Response(null, { status: 204 })
  })
