import { z } from 'zod'
import type { Data } from '@/server/core/events'
import type { preferenceSet } from './events'
import { type Choices, preferenceKinds } from './model-choice'

const chosen = z.strictObject({
  email: z.boolean().optional(),
  sms: z.boolean().optional(),
  push: z.boolean().optional(),
  inbox: z.boolean().optional(),
})
export const choices = z.strictObject({
  bookings: chosen.optional(),
  reminders: chosen.optional(),
  waiting: chosen.optional(),
  requests: chosen.optional(),
  desk: chosen.optional(),
})

/** The newer ones over the older. */
export const chooseAlso = (made: Choices, more: Choices): Choices =>
  Object.fromEntries(
    preferenceKinds.flatMap((kind) => {
      const both = { ...made[kind], ...more[kind] }
      return Object.keys(both).length > 0 ? [[kind, both]] : []
    }),
  )

export type Preference = { choices: Choices }

export const evolvePreference = {
  'notification.preference.set.v1': (_: Preference | null, d: Data<typeof preferenceSet>): Preference => ({
    choices: d.choices,
  }),
}
