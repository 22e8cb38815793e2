import { z } from 'zod'
import { command } from '@/server/core/command'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { members, systemOnly } from '@/server/core/policy'
import { today } from '@/server/core/time'
import { calendarLock } from './capabilities'
import { closedDays } from './model-holidays'
import { seenSchema } from './model-impact'
import { holidaysSchema } from './model-rules'
import { everybodyOf } from './preview-rules'
import { loadRules } from './queries'
import { changeHours, changeHoursOf } from './set-hours'

const { region, open } = holidaysSchema.shape

/** Which public holidays are closed: a region's, some of them kept open by their rules; or none (null). */
export const setHolidays = command({
  name: 'scheduling.calendar.set_holidays',
  input: z.strictObject({
    businessId: id,
    providerId: id,
    /** Everybody else's too: all or none. */
    everybody: z.boolean().default(false),
    seen: seenSchema,
    region: region.nullable(),
    open: open.default([]),
  }),
  may: members('owner', 'admin', 'provider'),
  locks: async (tx, { providerId, everybody }) =>
    (everybody ? await everybodyOf(tx, providerId) : [providerId]).map(calendarLock),
  run: async (tx, { providerId, everybody, seen, region, open }, context) => {
    const day = today((await loadRules(tx, providerId)).timeZone, context.now.getTime())
    const holidays = region === null ? null : await closedDays(region, open, day)
    if (region !== null && !holidays)
      refuse('malformed', 'malformed', { errors: { region: 'is not a region' } })
    const providerIds = everybody ? await everybodyOf(tx, providerId) : [providerId]
    await changeHoursOf(tx, { providerIds, seen }, { holidays }, context)
    return { providerId }
  },
})

/** Another year has come within reach: its holidays are written too. */
export const setComingHolidays = command({
  name: 'scheduling.calendar.set_coming_holidays',
  input: z.strictObject({ businessId: id, providerId: id }),
  may: systemOnly,
  locks: (_tx, { providerId }) => [calendarLock(providerId)],
  run: async (tx, { providerId }, context) => {
    const { holidays: known, timeZone } = await loadRules(tx, providerId)
    if (!known) return { extended: false }
    const day = today(timeZone, context.now.getTime())
    const holidays = await closedDays(known.region, known.open, day)
    if (!holidays || holidays.through <= known.through) return { extended: false }
    await changeHours(tx, { providerId }, { holidays }, context)
    return { extended: true }
  },
})
