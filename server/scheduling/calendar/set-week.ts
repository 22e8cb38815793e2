import { z } from 'zod'
import { command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { members } from '@/server/core/policy'
import { venueLocks } from '@/server/location/venue/capabilities'
import { calendarLock } from './capabilities'
import { placesNamed } from './model'
import { changeFields } from './model-change'
import { seenSchema } from './model-impact'
import { changeHours } from './set-hours'

/** The usual week; special days stay as they are. */
export const setWeek = command({
  name: 'scheduling.calendar.set_week',
  input: z.strictObject({ businessId: id, providerId: id, seen: seenSchema, ...changeFields.week }),
  may: members('owner', 'admin', 'provider'),
  locks: (_tx, { providerId, weekly, place }) => [
    calendarLock(providerId),
    ...venueLocks(place, ...placesNamed({ weekly })),
  ],
  run: (tx, { providerId, seen, weekly, place }, context) =>
    changeHours(tx, { providerId, seen }, { weekly, place }, context),
})
