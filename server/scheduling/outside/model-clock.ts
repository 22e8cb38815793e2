import ICAL from 'ical.js'
import { DAY, dateOf, isZone, MINUTE, startOfDay, toInstant } from '@/server/core/time'

type Local = Pick<InstanceType<typeof ICAL.Time>, 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'>

/** What a clock on the wall of a zone means; what clocks skip moves on, and of what they show twice the first is meant. */
function instantIn(zone: string, { year, month, day, hour, minute, second }: Local): number {
  const local = Date.UTC(year, month - 1, day, hour, minute)
  const date = Math.floor(local / DAY)
  return toInstant(zone, dateOf(date), Math.floor((local - date * DAY) / MINUTE)).instant + second * 1000
}

/** A zone as the parser asks for it, going by our rules instead of those that files bring along. */
class Clock extends ICAL.Timezone {
  constructor(readonly zone: string) {
    super({ tzid: zone })
  }
  override utcOffset(at: InstanceType<typeof ICAL.Time>): number {
    const local = Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute, at.second)
    return (local - instantIn(this.zone, at)) / 1000
  }
}

/** The frame in which entries are read: knows what their zones are called, and what clocks in them show. */
export class Frame extends ICAL.Component {
  readonly #known = new Map<string, InstanceType<typeof ICAL.Timezone>>()
  readonly #brought = new Map<string, unknown[]>()

  constructor() {
    super('vcalendar')
  }

  /** A zone that the file describes itself, for one that nobody else knows. */
  bring(described: unknown[]): void {
    const name = new ICAL.Component(described).getFirstPropertyValue('tzid')
    if (typeof name === 'string') this.#brought.set(name, described)
  }

  override getTimeZoneByID(name: string): InstanceType<typeof ICAL.Timezone> {
    const known = this.#known.get(name) ?? this.#look(name)
    this.#known.set(name, known)
    return known
  }

  #look(name: string): InstanceType<typeof ICAL.Timezone> {
    // Some put a path of their own before the zone's name.
    const [common = name] = /[A-Za-z]+(\/[A-Za-z0-9_+-]+){0,2}$/.exec(name) ?? []
    const zone = [name, common].find(isZone)
    if (zone) return new Clock(zone)
    const brought = this.#brought.get(name)
    if (brought) return new ICAL.Timezone({ component: new ICAL.Component(brought), tzid: name })
    return ICAL.Timezone.localTimezone
  }
}

/** An instant; days, and clocks of nowhere in particular, are those of `zone`. */
export function instantOf(time: InstanceType<typeof ICAL.Time>, zone: string): number {
  if (time.isDate) return startOfDay(zone, dateAt(time))
  return time.zone === ICAL.Timezone.localTimezone ? instantIn(zone, time) : time.toUnixTime() * 1000
}

export const dateAt = ({ year, month, day }: Pick<Local, 'year' | 'month' | 'day'>) =>
  dateOf(Math.floor(Date.UTC(year, month - 1, day) / DAY))
