import { sql } from 'drizzle-orm'
import type { Look } from './look'

/** Prices and fees as they were agreed. What was captured and refunded comes with payments. */
export async function checkMoney({ db }: Look): Promise<string[]> {
  const terms = await db.execute<{ id: string; terms: unknown }>(sql`
    select id, terms from appointment
    where not coalesce((terms->>'amount')::numeric >= 0 and (terms->>'amount')::numeric % 1 = 0
      and (terms->>'lateFeePercent')::numeric between 0 and 100 and (terms->>'freeUntilHours')::numeric >= 0
      and terms->>'currency' ~ '^[A-Z]{3}$', false)
    limit 20`)
  const fees = await db.execute<{ id: string; fee: string; refund: string; amount: string }>(sql`
    select a.id, e.data->>'feeAmount' as fee, e.data->>'refundAmount' as refund, a.terms->>'amount' as amount
    from event_log e join appointment a on a.tenant_id = e.tenant_id and a.id = e.aggregate_id
    where e.type = 'booking.appointment.cancelled.v1'
      and not coalesce((e.data->>'feeAmount')::numeric >= 0 and (e.data->>'refundAmount')::numeric >= 0
        and (e.data->>'feeAmount')::numeric <= (a.terms->>'amount')::numeric
        and (e.data->>'refundAmount')::numeric <= (a.terms->>'amount')::numeric, false)
    limit 20`)
  return [
    ...terms.map(
      (a) => `appointment ${a.id} was booked on terms that make no sense: ${JSON.stringify(a.terms)}`,
    ),
    ...fees.map(
      (a) =>
        `appointment ${a.id} of ${a.amount} was cancelled for a fee of ${a.fee} and a refund of ${a.refund}`,
    ),
  ]
}
