import { z } from 'zod'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { calendarLock } from './capabilities'
import { changeFields } from './model-change'
import { seenSchema } from './model-impact'
import { changeHours } from './set-hours'

/** One day unlike its week: other hours, none at all, or (null) as the week again. */
export const setDay = command({
  name: 'scheduling.calendar.set_day',
  input: z.strictObject({ businessId: id, providerId: id, seen: seenSchema, ...changeFields.day }),
  may: members('owner', 'admin', 'provider'),
  locks: (_tx, { providerId }) => [calendarLock(providerId)],
  run: (tx, { providerId, seen, date, ranges }, context) =>
    changeHours(tx, { providerId, seen }, { date, ranges }, context),
})
