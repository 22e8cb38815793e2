import { expiredHolds } from './expired-holds'
import { expiredAccess, expiredKeys, oldCounts, oldHandlings } from './expired-rows'
import { comingHolidays } from './holidays'
import { dueOutside } from './outside'
import { dropPartitions, findStrays, makePartitions } from './partitions'
import { dueSeries } from './series'
import type { Sweep } from './sweep'
import { unlinkedEntries } from './unlinked'
import { waitedFor } from './waited-for'
import { wishesOver } from './wishes-over'

export const sweeps: readonly Sweep[] = [
  makePartitions,
  dropPartitions,
  findStrays,
  expiredKeys,
  oldCounts,
  oldHandlings,
  expiredAccess,
  expiredHolds,
  dueSeries,
  comingHolidays,
  dueOutside,
  unlinkedEntries,
  wishesOver,
  waitedFor,
]
