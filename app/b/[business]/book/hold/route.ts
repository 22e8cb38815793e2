import { randomBytes } from 'node:crypto'
import { resourceToken } from '@/server/core/crypto'
import { answerable, onceOf, seeOther, serveForm } from '@/server/forms'
import { callOf, cookieOf } from '@/server/request'
import { holdAny } from '@/server/workflows/hold-any'
import { offerOf } from '../place'
import { stepFrom } from '../step'

const holderSeconds = 3600

/** A time was chosen: hold it, then ask for the details. Lost: the nearest ones. */
export const POST = async (
  request: Request,
  { params }: { params: Promise<{ business: string }> },
): Promise<Response> =>
  serveForm(request, async (form) => {
    const offer = await offerOf((await params).business)
    const serviceId = form.get('service') ?? ''
    // A time of a place says which.
    const [startTime = '', place] = (form.get('startTime') ?? '').split(' ')
    const service = offer.services.find((s) => s.id === serviceId)
    const asked = form.get('provider') ?? 'any'
    const providerIds = asked === 'any' ? (service?.providerIds ?? []) : [asked]
    const seats = Math.trunc(Number(form.get('seats'))) || 1
    const at = stepFrom(offer.slug, form)
    if (providerIds.length === 0) return seeOther(at({ refused: 'not_offered' }))
    // Who has no name yet goes by the form's: pressed twice, it is one person who holds one time.
    const holder =
      cookieOf(request.headers, 'holder') ??
      onceOf(form).idempotencyKey ??
      randomBytes(24).toString('base64url')
    try {
      const call = await callOf(request.headers)
      const held = await holdAny(
        { providerIds, serviceId, startTime, seats, holder, ...(place ? { place } : {}) },
        call,
      )
      const next = at({ hold: held.id, token: resourceToken('hold', held.id) })
      return seeOther(next, [{ name: 'holder', value: holder, seconds: holderSeconds }])
    } catch (error) {
      const { code } = answerable(error)
      return seeOther(at(code === 'slot_taken' ? { taken: startTime } : { refused: code }))
    }
  })
