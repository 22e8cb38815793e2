import '@/server/events'
import '@/server/aggregates'
import { relayDb } from '@/db/client'
import { logger } from '@/server/core/logger'
import {
  dropPartition,
  expiredPartitions,
  makePartitions as make,
  readersOf,
  strayEvents,
  takeSnapshots,
} from '@/server/core/retention'
import type { Sweep } from './sweep'

const hours = 60 * 60_000

/** The log always has room for three periods to come. */
export const makePartitions: Sweep = { name: 'make-partitions', everyMs: 6 * hours, run: make }

/** What need not be kept any longer goes, once its states are written down and every reader has seen it. */
export const dropPartitions: Sweep = {
  name: 'drop-partitions',
  everyMs: 6 * hours,
  run: async (now, signal) => {
    let dropped = 0
    for (const expired of await expiredPartitions(now)) {
      const readers = await readersOf(expired)
      if (readers.length > 0) {
        logger().error(
          { leaf: expired.leaf, readers },
          'an expired partition waits for readers that stand still',
        )
        break
      }
      const snapshots = await takeSnapshots(expired, signal)
      await dropPartition(expired, now)
      logger().info({ leaf: expired.leaf, snapshots }, 'dropped a partition whose time is over')
      dropped++
    }
    return dropped
  },
}

export const findStrays: Sweep = {
  name: 'find-strays',
  everyMs: 10 * 60_000,
  run: async () => {
    const strays = await strayEvents(relayDb())
    const count = Object.values(strays).reduce((a, b) => a + b, 0)
    if (count > 0)
      logger().error(
        { strays },
        'events lie in a DEFAULT partition: no partition had been made for their time',
      )
    return count
  },
}
