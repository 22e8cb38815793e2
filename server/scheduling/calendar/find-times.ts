import { isRefusal } from '@/server/core/errors'
import { DAY, today } from '@/server/core/time'
import type { Where } from '@/server/location/venue/model-place'
import type { TimeStatus } from './model'
import { showAvailability } from './show-availability'

export type OpenTime = {
  startTime: string
  endTime: string
  seatsLeft: number
  providerIds: string[]
  /** Left out where none is told. The same time elsewhere is another time. */
  place?: Where
}
export type OpenDay = { date: string; times: OpenTime[] }

type Question = {
  providerIds: readonly string[]
  serviceId: string
  startDate: string
  days: number
  timeZone: string
  /** How many places each must have left. */
  seats?: number
  /** Only times there. */
  place?: Where
}
type Slot = { startTime: string; endTime: string; status: TimeStatus; seatsLeft: number; place?: Where }
type Answer = { days: { date: string; slots: Slot[] }[] }

/** The times at which any of these providers is free, each with those who are. */
export async function findTimes({
  providerIds,
  serviceId,
  startDate,
  days,
  timeZone,
  seats = 1,
  place: only,
}: Question): Promise<OpenDay[]> {
  const answers = await Promise.all(
    providerIds.map(async (providerId) => ({
      providerId,
      answer: await ask(providerId, serviceId, startDate, days, timeZone),
    })),
  )
  const merged = new Map<string, Map<string, OpenTime>>()
  for (const { providerId, answer } of answers)
    for (const day of answer?.days ?? []) {
      const times = merged.get(day.date) ?? new Map<string, OpenTime>()
      merged.set(day.date, times)
      for (const { startTime, endTime, seatsLeft, place } of day.slots) {
        if (seatsLeft < seats || (only && place !== only)) continue
        const key = `${startTime} ${place ?? ''}`
        const known = times.get(key)
        const there = place ? { place } : {}
        if (known) known.providerIds.push(providerId)
        else times.set(key, { startTime, endTime, seatsLeft, providerIds: [providerId], ...there })
      }
    }
  return [...merged.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, times]) => ({
      date,
      times: [...times].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, time]) => time),
    }))
}

/** The times of these days that nobody can have any more, or not for so many: who wants one may wait for it. */
export async function fullTimes(question: Question): Promise<{ startTime: string; providerId: string }[]> {
  const { serviceId, startDate, days, timeZone, seats = 1 } = question
  const found = await Promise.all(
    question.providerIds.map(async (providerId) => {
      const answer = await ask(providerId, serviceId, startDate, days, timeZone, true)
      const all = answer?.days.flatMap((day) => day.slots) ?? []
      const full = all.filter(
        (s) =>
          s.status === 'booked' || s.status === 'held' || (s.status === 'available' && s.seatsLeft < seats),
      )
      return full.map(({ startTime }) => ({ startTime, providerId }))
    }),
  )
  return found.flat().sort((a, b) => (a.startTime < b.startTime ? -1 : 1))
}

async function ask(
  providerId: string,
  serviceId: string,
  startDate: string,
  days: number,
  timeZone: string,
  includeBooked = false,
): Promise<Answer | null> {
  try {
    const { body } = await showAvailability({
      providerId,
      serviceId,
      startDate,
      days: String(days),
      timeZone,
      includeBooked: String(includeBooked),
    })
    return JSON.parse(new TextDecoder().decode(body)) as Answer
  } catch (error) {
    // Archived since the offer was read: simply nobody to ask.
    if (isRefusal(error) && error.kind === 'not_found') return null
    throw error
  }
}

/** The free times nearest to a lost one, the earlier first. */
export async function nearestTimes(
  question: Omit<Question, 'startDate' | 'days'>,
  startTime: string,
  most = 3,
): Promise<OpenTime[]> {
  const wanted = Date.parse(startTime)
  const from = Math.max(Date.now(), wanted - 3 * DAY)
  const startDate = today(question.timeZone, from)
  const days = await findTimes({ ...question, startDate, days: 10 })
  const distance = (t: OpenTime) => Math.abs(Date.parse(t.startTime) - wanted)
  return days
    .flatMap((d) => d.times)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, most)
    .sort((a, b) => (a.startTime < b.startTime ? -1 : 1))
}
