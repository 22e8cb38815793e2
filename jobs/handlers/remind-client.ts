import type { appointmentConfirmed } from '@/server/booking/appointment/events'
import { standingOf } from '@/server/booking/appointment/queries'
import { reminderHoursOf } from '@/server/business/service/queries'
import type { Data, StoredEvent } from '@/server/core/events'
import { inTenant } from '@/server/core/query'
import { readerLanguage } from '@/server/notification/template/queries'
import { reaction } from '../define'
import { tellClient } from '../tell-client'

type Timed = StoredEvent<Pick<Data<typeof appointmentConfirmed>, 'startTime' | 'clientId' | 'serviceId'>>

const hour = 3_600_000

/** Woken some hours before. Whoever booked later than that needs none; of several that said when it is, the last reminds. */
const remind = (name: string, hours: number) => {
  const due = (event: Timed) => Date.parse(event.data.startTime) - hours * hour
  return {
    at: (event: Timed) => new Date(due(event)).toISOString(),
    handler: reaction(name, async (event, call) => {
      const { tenantId, aggregateId, time } = event
      const { data } = event as Timed
      if (Date.parse(time) >= due(event as Timed)) return
      const { standing, wanted, language } = await inTenant(tenantId, async (tx) => ({
        standing: await standingOf(tx, event),
        wanted: await reminderHoursOf(tx, data.serviceId),
        language: await readerLanguage(tx, tenantId, aggregateId),
      }))
      if (!wanted.includes(hours)) return
      if (standing?.status !== 'confirmed' || !standing.saysWhen) return
      if (Date.parse(standing.startTime) <= Date.now()) return
      const said = { recipientId: data.clientId, template: 'appointment_reminder', language } as const
      await tellClient(event, said, call)
    }),
  }
}

export const remindTwoDaysBefore = remind('remind-two-days-before', 48)
export const remindTheDayBefore = remind('remind-the-day-before', 24)
export const remindSoonBefore = remind('remind-soon-before', 2)
