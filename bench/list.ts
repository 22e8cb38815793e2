import { availability } from './availability'
import { book } from './book'
import { bookHot } from './book-hot'
import { calendarRules } from './calendar-rules'
import { eventsLatency } from './events-latency'
import { eventsThroughput } from './events-throughput'
import { growth } from './growth'
import type { Bench } from './lib/measure'
import { liveLatency } from './live-latency'
import { pageWeight } from './page-weight'
import { start } from './start'

/** Every bench, those on the same database beside each other. */
export const benches: readonly Bench[] = [
  ...availability,
  pageWeight,
  book,
  bookHot,
  liveLatency,
  eventsThroughput,
  eventsLatency,
  calendarRules,
  growth,
  start,
]
