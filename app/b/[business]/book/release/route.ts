import { isRefusal } from '@/server/core/errors'
import { seeOther, serveForm } from '@/server/forms'
import { callOf } from '@/server/request'
import { releaseHold } from '@/server/scheduling/hold/release'
import { offerOf } from '../place'
import { stepFrom } from '../step'

/** Another time, please, or the page was left: the time is free again at once. A beacon's answer is read by nobody. */
export const POST = async (
  request: Request,
  { params }: { params: Promise<{ business: string }> },
): Promise<Response> =>
  serveForm(request, async (form) => {
    const call = { ...(await callOf(request.headers)), bearer: form.get('token') }
    await releaseHold.execute({ holdId: form.get('hold') ?? '' }, call).catch((error) => {
      if (!isRefusal(error)) throw error
    })
    if (!form.get('service')) return new Response(null, { status: 204 })
    const { slug } = await offerOf((await params).business)
    return seeOther(stepFrom(slug, form)({}))
  })
