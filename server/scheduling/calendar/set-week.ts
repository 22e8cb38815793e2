import { z } from 'zod'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { calendarLock } from './capabilities'
import { changeFields } from './model-change'
import { seenSchema } from './model-impact'
import { changeHours } from './set-hours'

/** The usual week; special days stay as they are. */
export const setWeek = command({
  name: 'scheduling.calendar.set_week',
  input: z.strictObject({ businessId: id, providerId: id, seen: seenSchema, ...changeFields.week }),
  may: members('owner', 'admin', 'provider'),
  locks: (_tx, { providerId }) => [calendarLock(providerId)],
  run: (tx, { providerId, seen, weekly }, context) =>
    changeHours(tx, { providerId, seen }, { weekly }, context),
})
