import { createBusiness } from '@/server/business/business/create'
import { createProvider } from '@/server/business/provider/create'
import { createService } from '@/server/business/service/create'
import type { Actor, Role } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { isRefusal } from '@/server/core/errors'
import { newId } from '@/server/core/id'
import { dateOf, dayNumber, today, toInstant } from '@/server/core/time'

export const person = (userId = newId(), grants: { tenantId: string; role: Role }[] = []): Actor => ({
  kind: 'user',
  id: userId,
  userId,
  grants,
  operator: false,
})

export type World = {
  owner: Actor
  businessId: string
  serviceId: string
  providerId: string
  zone: string
  /** RFC 3339 of a time on the nth working day from now, in the provider's zone. */
  at(day: number, clock: string): string
}

const everyDay = [['08:00', '20:00']] as [string, string][]
const weekly = {
  '1': everyDay,
  '2': everyDay,
  '3': everyDay,
  '4': everyDay,
  '5': everyDay,
  '6': everyDay,
  '7': everyDay,
}

type Shape = Partial<{
  capacity: number
  durationMinutes: number
  stepMinutes: number
  windowDays: number
  bufferAfterMinutes: number
  freeUntilHours: number
  lateFeePercent: number
  amount: number
}>

/** A business with a service and a provider, open every day from eight to eight. */
export async function testWorld(shape: Shape = {}, zone = 'Europe/Berlin'): Promise<World> {
  const userId = newId()
  const slug = `b-${userId.slice(-12)}`
  const { businessId } = await createBusiness.execute(
    { name: 'Test House', slug, timeZone: zone },
    newCall(person(userId)),
  )
  const owner = person(userId, [{ tenantId: businessId, role: 'owner' }])
  const { serviceId } = await createService.execute(
    { businessId, name: 'Session', durationMinutes: 60, stepMinutes: 30, ...shape },
    newCall(owner),
  )
  const { providerId } = await createProvider.execute(
    {
      businessId,
      name: 'Ada Test',
      rules: { timeZone: zone, weekly, overrides: {} },
      serviceIds: [serviceId],
    },
    newCall(owner),
  )
  const at = (day: number, clock: string) => {
    const date = dateOf(dayNumber(today(zone, Date.now())) + day)
    const [h, m] = clock.split(':').map(Number)
    return new Date(toInstant(zone, date, (h ?? 0) * 60 + (m ?? 0)).instant)
      .toISOString()
      .replace('.000Z', 'Z')
  }
  return { owner, businessId, serviceId, providerId, zone, at }
}

export const someone = (n: number | string = 1) => ({ name: `Client ${n}`, email: `client${n}@example.com` })

/** How an attempt was answered: 'ok', or the code it was refused with. */
export const codeOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'ok',
    (error: unknown) => {
      if (isRefusal(error)) return error.code
      throw error
    },
  )
