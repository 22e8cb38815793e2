import { z } from 'zod'
import { service } from '@/db/schema'
import { command } from '@/server/core/command'
import { currency, id, line, minorUnits, prose } from '@/server/core/fields'
import { newId } from '@/server/core/id'
import { members } from '@/server/core/policy'
import { ways } from '@/server/location/venue/model-place'
import { serviceCreated } from './events'

const minutes = (min: number, max: number) => z.int().min(min).max(max)

/** What a service offers, and within which bounds. `update` takes the same fields, each optional. */
export const offerFields = {
  name: line(120),
  description: prose(2000),
  durationMinutes: minutes(5, 1440),
  stepMinutes: minutes(5, 1440),
  bufferBeforeMinutes: minutes(0, 480),
  bufferAfterMinutes: minutes(0, 480),
  noticeMinutes: minutes(0, 60 * 24 * 60),
  windowDays: z.int().min(1).max(730),
  capacity: z.int().min(1).max(1000),
  amount: minorUnits,
  freeUntilHours: z
    .int()
    .min(0)
    .max(24 * 60),
  lateFeePercent: z.int().min(0).max(100),
  given: z.enum(ways),
}

export const createService = command({
  name: 'business.service.create',
  input: z
    .strictObject({
      businessId: id,
      ...offerFields,
      description: offerFields.description.default(''),
      stepMinutes: offerFields.stepMinutes.optional(),
      bufferBeforeMinutes: offerFields.bufferBeforeMinutes.default(0),
      bufferAfterMinutes: offerFields.bufferAfterMinutes.default(0),
      noticeMinutes: offerFields.noticeMinutes.default(0),
      windowDays: offerFields.windowDays.default(90),
      capacity: offerFields.capacity.default(1),
      amount: offerFields.amount.default(0),
      currency: currency.default('EUR'),
      freeUntilHours: offerFields.freeUntilHours.default(0),
      lateFeePercent: offerFields.lateFeePercent.default(0),
      given: offerFields.given.default('either'),
    })
    .transform((s) => ({ ...s, stepMinutes: s.stepMinutes ?? Math.min(s.durationMinutes, 30) })),
  may: members('owner', 'admin'),
  run: async (tx, { businessId, ...offer }, { tenantId, append }) => {
    const serviceId = newId()
    await append([serviceCreated(serviceId, { serviceId, businessId, ...offer })])
    await tx.insert(service).values({ tenantId, id: serviceId, ...offer, status: 'active' })
    return { serviceId }
  },
})
