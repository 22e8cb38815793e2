import { randomBytes } from 'node:crypto'
import { resourceToken } from '@/server/core/crypto'
import { serveForm } from '@/server/forms'
import { callOf, cookieOf } from '@/server/request'
import { placeHold } from '@/server/scheduling/hold/place'
import { showHold } from '@/server/scheduling/hold/show'
import { offerOf } from '../place'
import { stepFrom } from '../step'

/** Back on the page that gave its time back when it was left: nothing where it is held still, else where to look. */
export const POST = async (
  request: Request,
  { params }: { params: Promise<{ business: string }> },
): Promise<Response> =>
  serveForm(request, async (form) => {
    const { slug } = await offerOf((await params).business)
    const call = { ...(await callOf(request.headers)), bearer: form.get('token') ?? '' }
    const at = stepFrom(slug, form)
    const held = await showHold.execute({ holdId: form.get('hold') ?? '' }, call)
    if (held.status === 'used') return Response.json({ to: at({ hold: held.id, token: call.bearer }) })
    if (held.status !== 'released') return new Response(null, { status: 204 })
    const { providerId, serviceId, startTime, seats, place } = held
    const holder = cookieOf(request.headers, 'holder') ?? randomBytes(24).toString('base64url')
    const { id } = await placeHold.execute({ providerId, serviceId, startTime, seats, place, holder }, call)
    return Response.json({ to: at({ hold: id, token: resourceToken('hold', id) }) })
  })
