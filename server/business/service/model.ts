import type { Data } from '@/server/core/events'
import { transitions } from '@/server/core/transitions'
import type { Way } from '@/server/location/venue/model-place'
import type { serviceBookingRulesSet, serviceCreated, serviceRemindersSet, serviceUpdated } from './events'
import type { Question } from './model-questions'

export const serviceStatuses = ['active', 'archived'] as const
export type ServiceStatus = (typeof serviceStatuses)[number]

export const serviceLife = transitions<ServiceStatus, 'update' | 'archive' | 'book'>({
  update: { from: ['active'], to: 'active' },
  book: { from: ['active'], to: 'active' },
  archive: { from: ['active'], to: 'archived' },
})

/** What a booking has to go through, beside its time and price. */
export type BookingRules = { requiresApproval: boolean; decideWithinHours: number; questions: Question[] }
export const bookedAtOnce: BookingRules = { requiresApproval: false, decideWithinHours: 24, questions: [] }

/** How many hours before it begins somebody may be reminded. */
export const reminderChoices = [48, 24, 2] as const
export const usualReminders: readonly number[] = [24, 2]

export type Service = Omit<Data<typeof serviceCreated>, 'businessId'> &
  BookingRules & { given: Way; reminderHours: number[]; status: ServiceStatus }

export const evolveService = {
  'business.service.created.v1': (
    _: Service | null,
    { businessId: _b, ...d }: Data<typeof serviceCreated>,
  ): Service => ({
    ...d,
    given: d.given ?? 'either',
    ...bookedAtOnce,
    reminderHours: [...usualReminders],
    status: 'active',
  }),
  'business.service.booking_rules_set.v1': (
    s: Service,
    { businessId: _b, serviceId: _s, ...rules }: Data<typeof serviceBookingRulesSet>,
  ): Service => ({ ...s, ...rules }),
  'business.service.reminders_set.v1': (
    s: Service,
    { reminderHours }: Data<typeof serviceRemindersSet>,
  ): Service => ({ ...s, reminderHours }),
  'business.service.updated.v1': (s: Service, d: Data<typeof serviceUpdated>): Service => ({
    ...s,
    ...d.changes,
  }),
  'business.service.archived.v1': (s: Service): Service => ({ ...s, status: 'archived' }),
}
