import { appDb } from '@/db/client'
import { bookAppointment } from '@/server/booking/appointment/book'
import { bookHeld } from '@/server/booking/appointment/book-held'
import { cancelAppointment } from '@/server/booking/appointment/cancel'
import { type Actor, anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { isRefusal } from '@/server/core/errors'
import { DAY, MINUTE, today } from '@/server/core/time'
import { availability } from '@/server/scheduling/calendar/model'
import { calendarFacts, calendarOf } from '@/server/scheduling/calendar/queries'
import { placeHold } from '@/server/scheduling/hold/place'
import { type Chance, chance } from './chance'
import { type Client, clara, clients } from './world'

type Wanted = {
  providerId: string
  serviceIds: readonly string[]
  timeZone: string
  owner: Actor
  seed: string
  wanted: number
  days: number
  now: number
}

type Free = { serviceId: string; startTime: string; from: number; to: number; seats: number }

/** People come and book: more of them soon than late, some by way of a hold; a few do not come after all. */
export async function bookings({ wanted, seed, owner, ...question }: Wanted): Promise<void> {
  const dice = chance(seed)
  const free = byLiking(dice, await freeTimes(question), question.now)
  let booked = 0
  for (const time of free) {
    if (booked >= wanted) return
    if (time.seats < 1) continue
    const client = booked === 0 ? clara : dice.pick(clients)
    const id = await book(question.providerId, time, client, dice.next() < 0.25, booked)
    if (!id) continue
    booked++
    if (dice.next() < 0.14) await cancel(id, dice.next() < 0.5 ? owner : bearerOf('appointment', id))
  }
}

/** Times that run out while we are at it would make two worlds differ. */
const margin = 10 * MINUTE

async function freeTimes({
  providerId,
  serviceIds,
  timeZone,
  days,
  now,
}: Omit<Wanted, 'wanted' | 'seed' | 'owner'>) {
  const startDate = today(timeZone, now)
  const found = await Promise.all(
    serviceIds.map(async (serviceId): Promise<Free[]> => {
      const facts = await calendarFacts(appDb(), providerId, serviceId, {
        from: now - DAY,
        to: now + (days + 2) * DAY,
      })
      if (!facts) return []
      const shown = availability({ ...calendarOf(facts, now + margin), startDate, days, timeZone })
      const before = facts.service.bufferBeforeMinutes * MINUTE
      const after = facts.service.bufferAfterMinutes * MINUTE
      return shown.days.flatMap(({ slots }) =>
        slots.map((s) => ({
          serviceId,
          startTime: s.startTime,
          from: Date.parse(s.startTime) - before,
          to: Date.parse(s.endTime) + after,
          seats: s.seatsLeft,
        })),
      )
    }),
  )
  return found.flat()
}

/** In the order in which they are asked for: a time of next week is twice as likely as one of the week after. */
function byLiking(dice: Chance, free: readonly Free[], now: number): Free[] {
  const seats = free.flatMap((time) => Array.from({ length: Math.min(time.seats, 8) }, () => time))
  return seats
    .map((time) => ({ time, at: -Math.log(1 - dice.next()) * 2 ** ((time.from - now) / (7 * DAY)) }))
    .sort((a, b) => a.at - b.at)
    .map(({ time }) => time)
}

/** Null where somebody else, of this same crowd, was faster. */
async function book(
  providerId: string,
  time: Free,
  client: Client,
  byHold: boolean,
  nth: number,
): Promise<string | null> {
  const { serviceId, startTime } = time
  try {
    if (!byHold)
      return (await bookAppointment.execute({ providerId, serviceId, startTime, client }, visitor())).id
    const held = await placeHold.execute(
      { providerId, serviceId, startTime, holder: `demo-visitor-${providerId}-${nth}` },
      visitor(),
    )
    return (await bookHeld.execute({ holdId: held.id, client }, newCall(bearerOf('hold', held.id)))).id
  } catch (error) {
    if (isRefusal(error) && error.kind === 'conflict') return null
    throw error
  }
}

const cancel = (id: string, by: Actor) =>
  cancelAppointment.execute({ id, reason: 'Invented for the demo.' }, newCall(by))

const visitor = () => newCall(anonymous)
const bearerOf = (resource: string, resourceId: string): Actor => ({
  kind: 'bearer',
  id: `${resource}:${resourceId}`,
  resource,
  resourceId,
})
