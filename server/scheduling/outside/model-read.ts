import ICAL from 'ical.js'
import { addDays, DAY, startOfDay } from '@/server/core/time'
import { dateAt, Frame, instantOf } from './model-clock'
import { type Block, blocksOf } from './model-lines'

/** When somebody is busy: epoch milliseconds, half-open. `booking` names one of ours that came back from there. */
export type Busy = { from: number; until: number; booking?: string }

/** Between which instants is asked, and whose days and clocks count where an entry names none. */
export type Asked = { from: number; until: number; zone: string }

export type Reading =
  | { ok: true; busy: Busy[]; leftOut: number }
  | { ok: false; failure: 'not_a_calendar' | 'too_many' }

/** More than anybody's calendar holds: whoever sends more means harm, or something is broken. */
const mostEntries = 20_000
const mostSteps = 60_000
const mostBusy = 20_000

type Time = InstanceType<typeof ICAL.Time>
type Part = InstanceType<typeof ICAL.Component>

/** Whoever follows these may leave off, or let others go first, at each. */
type Steps<Result> = Generator<undefined, Result>

class TooMany extends Error {}

/** When a calendar's file says that its owner is busy. It may come from anywhere and hold anything, so it is read by steps. */
export function* readCalendar(text: string, asked: Asked): Steps<Reading> {
  if (!/^\uFEFF?\s*BEGIN:VCALENDAR\s/i.test(text) || text.includes('\u0000'))
    return { ok: false, failure: 'not_a_calendar' }
  const frame = new Frame()
  const parts: Part[] = []
  let leftOut = 0
  let entries = 0
  for (const block of blocksOf(text)) {
    yield
    if (++entries > mostEntries) return { ok: false, failure: 'too_many' }
    if (isElsewhen(block, asked)) continue
    try {
      const parsed = ICAL.parse(block.lines.join('\r\n')) as unknown[]
      if (block.name === 'VTIMEZONE') frame.bring(parsed)
      else parts.push(new ICAL.Component(parsed, frame))
    } catch {
      leftOut++
    }
  }
  const found = new Finder(asked)
  for (const part of parts) leftOut += yield* found.attempt(part, found.replace)
  try {
    for (const part of parts) leftOut += yield* found.attempt(part, found.add)
  } catch (error) {
    if (error instanceof TooMany) return { ok: false, failure: 'too_many' }
    throw error
  }
  return { ok: true, busy: found.busy, leftOut }
}

/** Long over, or far ahead, as is plain from its dates alone: most of an old calendar. */
function isElsewhen({ lines }: Block, { from, until }: Asked): boolean {
  const has = (name: RegExp) => lines.some((line) => name.test(line))
  if (has(/^(RRULE|RDATE|RECURRENCE-ID|FREEBUSY|TZID|DURATION)[;:]/i)) return false
  const dayOf = (name: string) => {
    const line = lines.find((each) => each.toUpperCase().startsWith(name))
    const [, y, m, d] = /:(\d{4})(\d{2})(\d{2})(T|$)/.exec(line ?? '') ?? []
    return y ? Date.UTC(Number(y), Number(m) - 1, Number(d)) : null
  }
  const start = dayOf('DTSTART')
  const end = dayOf('DTEND') ?? start
  return start !== null && end !== null && (end < from - 3 * DAY || start > until + 2 * DAY)
}

class Finder {
  readonly busy: Busy[] = []
  /** Occurrences that an entry of their own speaks for. */
  readonly #replaced = new Set<string>()
  #steps = 0

  constructor(readonly asked: Asked) {}

  /** How many entries could not be understood: none or this one. */
  *attempt(part: Part, work: (part: Part) => Steps<void>): Steps<number> {
    try {
      yield* work.call(this, part)
      return 0
    } catch (error) {
      if (error instanceof TooMany) throw error
      return 1
    }
  }

  *replace(part: Part): Steps<void> {
    yield
    const instead = timeOf(part, 'recurrence-id')
    if (instead) this.#replaced.add(`${textOf(part, 'uid')} ${this.#at(instead)}`)
  }

  *add(part: Part): Steps<void> {
    if (part.name === 'vfreebusy') this.#addPeriods(part)
    else if (!isFree(part)) yield* this.#addEntry(part)
  }

  *#addEntry(part: Part): Steps<void> {
    const start = timeOf(part, 'dtstart')
    if (!start) throw new Error('begins at no time')
    const endOf = lengthOf(part, start, this.asked.zone)
    const uid = textOf(part, 'uid')
    const [, booking] = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@slotwise$/.exec(uid) ?? []
    const single = timeOf(part, 'recurrence-id') !== null
    const except = exceptionsOf(part, this.asked.zone)
    for (const time of this.#occurrences(part, start, single)) {
      yield
      const at = this.#at(time)
      if (!single && (this.#replaced.has(`${uid} ${at}`) || except(time, at))) continue
      this.#note(at, endOf(time, at), booking)
    }
  }

  *#occurrences(part: Part, start: Time, single: boolean): Generator<Time> {
    yield start
    if (single) return
    for (const property of part.getAllProperties('rdate'))
      for (const value of property.getValues() as (Time | InstanceType<typeof ICAL.Period>)[])
        yield value instanceof ICAL.Period ? value.start : value
    for (const property of part.getAllProperties('rrule')) {
      const rule = property.getFirstValue() as InstanceType<typeof ICAL.Recur>
      const going = rule.iterator(nearer(start, rule, this.asked))
      for (let time = going.next(); time; time = going.next()) {
        if (++this.#steps > mostSteps) throw new TooMany()
        if (this.#at(time) >= this.asked.until) break
        yield time.clone()
      }
    }
  }

  #addPeriods(part: Part): void {
    for (const property of part.getAllProperties('freebusy')) {
      if (String(property.getFirstParameter('fbtype') ?? 'BUSY').toUpperCase() === 'FREE') continue
      for (const period of property.getValues() as InstanceType<typeof ICAL.Period>[])
        this.#note(this.#at(period.start), this.#at(period.getEnd()))
    }
  }

  #note(from: number, until: number, booking?: string): void {
    const cut = { from: Math.max(from, this.asked.from), until: Math.min(until, this.asked.until) }
    if (!(cut.from < cut.until)) return
    if (this.busy.push(booking ? { ...cut, booking } : cut) > mostBusy) throw new TooMany()
  }

  readonly #at = (time: Time): number => instantOf(time, this.asked.zone)
}

/** What has come every day or week for years need not be followed all along: the same weekdays, shortly before. */
function nearer(start: Time, rule: InstanceType<typeof ICAL.Recur>, { from, zone }: Asked): Time {
  const unit = { DAILY: 1, WEEKLY: 7 }[rule.freq as string]
  if (!unit || rule.count) return start
  const period = unit * Math.max(1, rule.interval)
  const periods = Math.floor((from - instantOf(start, zone)) / DAY / period) - 2
  if (periods < 1) return start
  const later = start.clone()
  later.adjust(periods * period, 0, 0, 0)
  return later
}

const timeOf = (part: Part, name: string): Time | null => {
  const value = part.getFirstPropertyValue(name)
  return value instanceof ICAL.Time ? value : null
}
const textOf = (part: Part, name: string): string => String(part.getFirstPropertyValue(name) ?? '')

/** Cancelled, or of those during which one can be had all the same. */
const isFree = (part: Part): boolean =>
  /^cancelled$/i.test(textOf(part, 'status')) ||
  /^transparent$/i.test(textOf(part, 'transp')) ||
  /^free$/i.test(textOf(part, 'x-microsoft-cdo-busystatus'))

/** When an occurrence ends: days later where it is of days, else as long after as the first took. */
function lengthOf(part: Part, start: Time, zone: string): (time: Time, at: number) => number {
  const end = timeOf(part, 'dtend')
  const lasts = part.getFirstPropertyValue('duration')
  const seconds = lasts instanceof ICAL.Duration ? lasts.toSeconds() : 0
  if (start.isDate) {
    const days = end ? Math.round(end.subtractDate(start).toSeconds() / 86_400) : Math.round(seconds / 86_400)
    return (time) => startOfDay(zone, addDays(dateAt(time), Math.max(1, days)))
  }
  const elapsed = end ? instantOf(end, zone) - instantOf(start, zone) : seconds * 1000
  return (_, at) => at + elapsed
}

/** Days and instants that an entry leaves out. */
function exceptionsOf(part: Part, zone: string): (time: Time, at: number) => boolean {
  const values = part.getAllProperties('exdate').flatMap((property) => property.getValues() as Time[])
  const days = new Set(values.filter((value) => value.isDate).map(dateAt))
  const instants = new Set(values.filter((value) => !value.isDate).map((value) => instantOf(value, zone)))
  return (time, at) => instants.has(at) || (days.size > 0 && days.has(dateAt(time)))
}
