import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { PublicShell } from '@/components/shell/public-shell'
import { Button } from '@/components/ui/button'
import { Card, Facts } from '@/components/ui/card'
import { Note } from '@/components/ui/note'
import { PageHeader } from '@/components/ui/page-header'
import { StatusBadge } from '@/components/ui/status-badge'
import { appointmentLife } from '@/server/booking/appointment/model'
import { getBooking } from '@/server/booking/appointment/queries'
import { isRefusal } from '@/server/core/errors'
import { callOf } from '@/server/request'

export const metadata: Metadata = { title: 'Your booking', robots: { index: false }, referrer: 'same-origin' }

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
    <PublicShell>
      <PageHeader arrival title="Your booking" />
      {refused ? (
        <Note tone="bad" role="alert">
          It was not cancelled: {refused.replaceAll('_', ' ')}.
        </Note>
      ) : null}
      <Card title={on} aside={<StatusBadge noun="appointment" status={booking.status} />}>
        <Facts
          facts={[
            [
              'Time',
              <>
                <time dateTime={booking.startTime}>{clock(booking.startTime)}</time> to{' '}
                <time dateTime={booking.endTime}>{clock(booking.endTime)}</time>, {zone.replaceAll('_', ' ')}
              </>,
            ],
            ['Price', price],
          ]}
        />
      </Card>
      {appointmentLife.can(booking.status, 'cancel') && token ? (
        <Card title="Cancel it">
          <form className="stack" method="post" action={`/bookings/${id}/cancel`}>
            <p className="quiet">{terms(booking.policy, price)}</p>
            <input type="hidden" name="token" value={token} />
            <p>
              <Button type="submit" tone="danger">
                Cancel this booking
              </Button>
            </p>
          </form>
        </Card>
      ) : null}
    </PublicShell>
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
