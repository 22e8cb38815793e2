import { z } from 'zod'
import { defineEvent } from '@/server/core/events'
import { placeSchema } from '@/server/location/venue/model-place-schema'
import { appointmentStatuses } from './model'

const canRead = {
  roles: ['owner', 'admin', 'provider'],
  subject: true,
  bearer: 'appointment',
  external: true,
} as const
const topics = ({ tenantId, aggregateId }: { tenantId: string; aggregateId: string }) => [
  `business:${tenantId}`,
  `appointment:${aggregateId}`,
]
const at = z.iso.datetime()

const who = {
  bookingId: z.guid(),
  businessId: z.guid(),
  providerId: z.guid(),
  serviceId: z.guid(),
  clientId: z.guid(),
}

/** Where it is given, by whose clock its time is told there, and the link where it is online: as they were then. */
const place = placeSchema.nullable().optional()
const meeting = { place, meetingLink: z.string().nullable().optional() }
const anew = { ...meeting, timeZone: z.string().optional() }

export const appointmentCreated = defineEvent('booking.appointment.created.v1', {
  birth: true,
  schema: z.strictObject({
    ...who,
    slotId: z.guid().nullable(),
    holdId: z.guid().nullable(),
    startTime: at,
    endTime: at,
    timeZone: z.string(),
    ...meeting,
    seats: z.int(),
    totalAmount: z.int(),
    currency: z.string(),
    freeUntilHours: z.int(),
    lateFeePercent: z.int(),
    requiresPayment: z.boolean(),
    requiresApproval: z.boolean(),
    answers: z.record(z.string(), z.string()).nullable(),
  }),
  retention: 'y7',
  private: ['answers', 'meetingLink'],
  subject: (d) => d.clientId,
  topics,
  canRead,
})

const moment = { ...who, startTime: at, endTime: at }
/** Somebody of the business has to say yes before `decideBy`; the place is taken meanwhile. */
export const appointmentApprovalRequested = defineEvent('booking.appointment.approval_requested.v1', {
  schema: z.strictObject({ ...moment, decideBy: at }),
  retention: 'y7',
  topics,
  canRead,
})

export const appointmentDeclined = defineEvent('booking.appointment.declined.v1', {
  schema: z.strictObject({
    ...moment,
    declinedBy: z.enum(['business', 'system']),
    reason: z.string().nullable(),
  }),
  retention: 'y7',
  private: ['reason'],
  subject: (d) => d.clientId,
  topics,
  canRead,
})

const change = <T extends string>(type: T) =>
  defineEvent(type, { schema: z.strictObject(moment), retention: 'y7', topics, canRead })

export const appointmentConfirmed = defineEvent('booking.appointment.confirmed.v1', {
  schema: z.strictObject({ ...moment, amount: z.int(), currency: z.string() }),
  retention: 'y7',
  topics,
  canRead,
})
export const appointmentExpired = change('booking.appointment.expired.v1')
export const appointmentCompleted = change('booking.appointment.completed.v1')
export const appointmentNoShow = change('booking.appointment.no_show.v1')

export const appointmentCancelled = defineEvent('booking.appointment.cancelled.v1', {
  schema: z.strictObject({
    ...moment,
    cancelledBy: z.enum(['client', 'business', 'system']),
    reason: z.string().nullable(),
    feeAmount: z.int(),
    refundAmount: z.int(),
    currency: z.string(),
  }),
  retention: 'y7',
  private: ['reason'],
  subject: (d) => d.clientId,
  topics,
  canRead,
})

export const appointmentRescheduled = defineEvent('booking.appointment.rescheduled.v1', {
  schema: z.strictObject({
    ...moment,
    slotId: z.guid().nullable(),
    /** Whose it was, where it went to somebody else. */
    previousProviderId: z.guid().optional(),
    previousStartTime: at,
    previousEndTime: at,
    ...anew,
    previousPlace: place,
  }),
  retention: 'y7',
  private: ['meetingLink'],
  subject: (d) => d.clientId,
  topics,
  canRead,
})

/** Somebody of the business took back what they had just done, from event `sequence` of this booking on: it stands as before. */
export const appointmentChangeUndone = defineEvent('booking.appointment.change_undone.v1', {
  schema: z.strictObject({
    ...moment,
    sequence: z.int(),
    undone: z.string(),
    slotId: z.guid().nullable(),
    status: z.enum(appointmentStatuses),
    decideBy: at.nullable(),
    ...anew,
  }),
  retention: 'y7',
  private: ['meetingLink'],
  subject: (d) => d.clientId,
  topics,
  canRead,
})
