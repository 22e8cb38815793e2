import { cancelAppointment } from '@/server/booking/appointment/cancel'
import { isRefusal } from '@/server/core/errors'
import { countInDatabase } from '@/server/core/rate-limit'
import { problem } from '@/server/problem'
import { writes } from '@/server/procedure'
import { addressOf, callOf, correlationOf, requireOwnOrigin } from '@/server/request'

/** The form's way to cancel: POST, then see the booking again. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params
  try {
    requireOwnOrigin(request.headers)
    await countInDatabase(writes, addressOf(request.headers))
    const type = request.headers.get('content-type') ?? ''
    const token = type.startsWith('application/x-www-form-urlencoded')
      ? new URLSearchParams(await request.text()).get('token')
      : null
    const back = new URLSearchParams({ token: token ?? '' })
    try {
      await cancelAppointment.execute({ id }, { ...(await callOf(request.headers)), bearer: token })
    } catch (error) {
      if (!isRefusal(error) || error.kind !== 'conflict') throw error
      back.set('refused', error.code)
    }
    return new Response(null, {
      status: 303,
      headers: { location: `/bookings/${encodeURIComponent(id)}?${back}`, 'cache-control': 'no-store' },
    })
  } catch (error) {
    return problem(error, correlationOf(request.headers))
  }
}
