import { notFound } from 'next/navigation'
import { showBooking } from '@/server/booking/appointment/queries'
import { isRefusal } from '@/server/core/errors'
import { viewOf } from '@/server/request'

/** The booking that a link is for. What the link does not open is not found. */
export async function loadBooking(id: string, token: string, given: Headers) {
  try {
    return await showBooking.execute({ id }, { ...(await viewOf(given)), bearer: token || null })
  } catch (error) {
    if (isRefusal(error)) notFound()
    throw error
  }
}
