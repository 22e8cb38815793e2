import { fetchCalendar } from '@/server/adapters/ics/fetch'
import { CalendarUnreadable } from '@/server/adapters/ics/ics'
import type { Call } from '@/server/core/command'
import { config } from '@/server/core/config'
import { inTurns, OutOfTime } from '@/server/core/in-time'
import { askedAt, type Validators } from '@/server/scheduling/outside/model'
import { readCalendar } from '@/server/scheduling/outside/model-read'
import { outsideToRead } from '@/server/scheduling/outside/queries'
import { type Outcome, refreshOutside } from '@/server/scheduling/outside/refresh'

type Which = { businessId: string; outsideId: string }

/** The rest of the worker goes on between turns. A file that takes more is refused, and asked for less and less often. */
const limits = { turnMs: 10, stepMs: 1_000, mostMs: 3_000 }

/** Asks a calendar elsewhere, outside every transaction, and has what it said taken over. */
export async function readOutside(which: Which, call: Call, notAfter = Number.POSITIVE_INFINITY) {
  const known = await outsideToRead.execute(which, call)
  // Somebody asked, and it was read meanwhile.
  if (!known || (known.checkedAt?.getTime() ?? 0) > notAfter) return null
  const outcome = await askFor(known, Date.now())
  return refreshOutside.execute({ ...which, outcome }, call)
}

type Known = NonNullable<Awaited<ReturnType<typeof outsideToRead.execute>>>

async function askFor({ address, validators, zone }: Known, now: number): Promise<Outcome> {
  const asked = askedAt(now)
  const { PRIVATE_ADDRESSES: open, NODE_ENV } = config()
  const trust = { open, plain: open || NODE_ENV !== 'production' }
  try {
    const answer = await fetchCalendar(address, stillGood(validators, { ...asked, zone }), trust)
    if (!answer.changed) return { kind: 'same' }
    const reading = await inTurns(limits, readCalendar(answer.text, { ...asked, zone }))
    if (!reading.ok) return { kind: 'failed', failure: reading.failure }
    const { etag, lastModified } = answer
    const { busy, leftOut } = reading
    return { kind: 'read', busy, leftOut, validators: { etag, lastModified, until: asked.until, zone } }
  } catch (error) {
    if (error instanceof CalendarUnreadable) return { kind: 'failed', failure: error.failure }
    if (error instanceof OutOfTime) return { kind: 'failed', failure: 'too_many' }
    throw error
  }
}

/** An answer that was read for other months, or another zone's days, has to be read again though it is the same. */
const stillGood = (known: Validators | null, { until, zone }: { until: number; zone: string }) =>
  known && known.until === until && known.zone === zone ? known : null
