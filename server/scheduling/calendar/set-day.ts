import { z } from 'zod'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { venueLocks } from '@/server/location/venue/capabilities'
import { calendarLock } from './capabilities'
import { placesNamed } from './model'
import { changeFields, isSpan, wrongSpan } from './model-change'
import { seenSchema } from './model-impact'
import { changeHours } from './set-hours'

/** A day unlike its week, or several: other hours, none at all, or (null) as the week again. */
export const setDay = command({
  name: 'scheduling.calendar.set_day',
  input: z
    .strictObject({ businessId: id, providerId: id, seen: seenSchema, ...changeFields.day })
    .refine(isSpan, wrongSpan),
  may: members('owner', 'admin', 'provider'),
  locks: (_tx, { providerId, date, ranges }) => [
    calendarLock(providerId),
    ...venueLocks(...placesNamed({ overrides: { [date]: ranges ?? [] } })),
  ],
  run: (tx, { providerId, seen, date, through, ranges }, context) =>
    changeHours(tx, { providerId, seen }, { date, through, ranges }, context),
})
