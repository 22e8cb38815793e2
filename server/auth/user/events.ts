import { z } from 'zod'
import { defineEvent } from '@/server/core/events'

const canRead = { roles: [], subject: true } as const
const topics = ({ aggregateId }: { aggregateId: string }) => [`user:${aggregateId}`]

/** 001's and 003's fields together. A person signs up without a business or a role in one. */
export const userCreated = defineEvent('auth.user.created.v1', {
  birth: true,
  schema: z.strictObject({
    userId: z.guid(),
    email: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    role: z.string(),
    businessId: z.guid().nullable(),
    createdAt: z.iso.datetime(),
  }),
  retention: 'y3',
  private: ['email', 'firstName', 'lastName'],
  subject: (d) => d.userId,
  topics,
  canRead,
})

export const userUpdated = defineEvent('auth.user.updated.v1', {
  schema: z.strictObject({ userId: z.guid(), changes: z.record(z.string(), z.unknown()) }),
  retention: 'y3',
  private: ['changes'],
  subject: (d) => d.userId,
  topics,
  canRead,
})

export const userErased = defineEvent('auth.user.erased.v1', {
  schema: z.strictObject({ userId: z.guid() }),
  retention: 'y3',
  subject: (d) => d.userId,
  topics,
  canRead,
})
