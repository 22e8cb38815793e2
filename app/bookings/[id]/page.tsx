import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { appointmentLife } from '@/server/booking/appointment/model'
import { getBooking } from '@/server/booking/appointment/queries'
import { isRefusal } from '@/server/core/errors'
import { callOf } from '@/server/request'

export const metadata: Metadata = { title: 'Your booking', robots: { index: false }, referrer: 'same-origin' }

const tones: Record<string, string> = { confirmed: 'good', pending: 'warn', declined: 'bad', no_show: 'bad' }
const names: Record<string, string> = {
  confirmed: 'Confirmed',
  pending: 'Needs approval',
  cancelled: 'Cancelled',
  declined: 'Declined',
  expired: 'Expired',
  completed: 'Completed',
  no_show: 'No-show',
}

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ token?: string; refused?: string }> }

/** What the link in a confirmation opens: the booking, and cancelling it, with or without script. */
export default async function BookingPage({ params, searchParams }: Props) {
  const [{ id }, { token, refused }, given] = await Promise.all([params, searchParams, headers()])
  const booking = await load(id, typeof token === 'string' ? token : null, given)
  const zone = booking.timeZone
  const on = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeZone: zone }).format(
    new Date(booking.startTime),
  )
  const clock = (at: string) =>
    new Intl.DateTimeFormat('en', { timeStyle: 'short', timeZone: zone }).format(new Date(at))
  const price = new Intl.NumberFormat('en', { style: 'currency', currency: booking.price.currency }).format(
    booking.price.amount / 100,
  )
  return (
    <main className="page">
      <h1>Your booking</h1>
      {refused ? (
        <p role="alert" className="badge" data-tone="bad">
          It was not cancelled: {refused.replaceAll('_', ' ')}.
        </p>
      ) : null}
      <section className="card">
        <p>
          <span className="badge" data-tone={tones[booking.status] ?? 'none'}>
            {names[booking.status]}
          </span>
        </p>
        <dl className="facts">
          <dt>Day</dt>
          <dd>{on}</dd>
          <dt>Time</dt>
          <dd>
            <time dateTime={booking.startTime}>{clock(booking.startTime)}</time> to{' '}
            <time dateTime={booking.endTime}>{clock(booking.endTime)}</time>, {zone}
          </dd>
          <dt>Price</dt>
          <dd>{price}</dd>
        </dl>
      </section>
      {appointmentLife.can(booking.status, 'cancel') && token ? (
        <form className="card" method="post" action={`/bookings/${id}/cancel`}>
          <h2>Cancel it</h2>
          <p className="quiet">{terms(booking.policy, price)}</p>
          <input type="hidden" name="token" value={token} />
          <p>
            <button type="submit" className="button" data-tone="danger">
              Cancel this booking
            </button>
          </p>
        </form>
      ) : null}
    </main>
  )
}

const terms = (
  { freeUntilHours, lateFeePercent }: { freeUntilHours: number; lateFeePercent: number },
  price: string,
) =>
  lateFeePercent === 0
    ? 'Cancelling is free.'
    : `Free until ${freeUntilHours} hours before it begins, then ${lateFeePercent} % of ${price}.`

async function load(id: string, token: string | null, given: Headers) {
  try {
    const call = await callOf(given)
    return await getBooking.execute({ id }, { ...call, bearer: token })
  } catch (error) {
    if (isRefusal(error)) notFound()
    throw error
  }
}
