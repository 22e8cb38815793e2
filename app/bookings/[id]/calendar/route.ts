import { bookingCalendar } from '@/server/notification/template/queries'
import { problem } from '@/server/problem'
import { callOf, correlationOf } from '@/server/request'

type Route = { params: Promise<{ id: string }> }

/** The booking as a file that calendar programs take. */
export async function GET(request: Request, { params }: Route): Promise<Response> {
  try {
    const { id } = await params
    const token = new URL(request.url).searchParams.get('token')
    const { file } = await bookingCalendar.execute(
      { id },
      { ...(await callOf(request.headers)), bearer: token },
    )
    return new Response(file, {
      headers: {
        'content-type': 'text/calendar; charset=utf-8; method=PUBLISH',
        'content-disposition': 'attachment; filename="booking.ics"',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
      },
    })
  } catch (error) {
    return problem(error, correlationOf(request.headers))
  }
}
