import type { Data } from '@/server/core/events'
import { transitions } from '@/server/core/transitions'
import type { serviceCreated, serviceUpdated } from './events'

export const serviceStatuses = ['active', 'archived'] as const
export type ServiceStatus = (typeof serviceStatuses)[number]

export const serviceLife = transitions<ServiceStatus, 'update' | 'archive' | 'book'>({
  update: { from: ['active'], to: 'active' },
  book: { from: ['active'], to: 'active' },
  archive: { from: ['active'], to: 'archived' },
})

export type Service = Omit<Data<typeof serviceCreated>, 'businessId'> & { status: ServiceStatus }

export const evolveService = {
  'business.service.created.v1': (
    _: Service | null,
    { businessId: _b, ...d }: Data<typeof serviceCreated>,
  ): Service => ({
    ...d,
    status: 'active',
  }),
  'business.service.updated.v1': (s: Service, d: Data<typeof serviceUpdated>): Service => ({
    ...s,
    ...d.changes,
  }),
  'business.service.archived.v1': (s: Service): Service => ({ ...s, status: 'archived' }),
}
