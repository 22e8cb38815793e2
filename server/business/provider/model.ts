import type { Data } from '@/server/core/events'
import { transitions } from '@/server/core/transitions'
import type { providerCreated, providerFeedSet, providerLinked, providerUpdated } from './events'

export const providerStatuses = ['active', 'archived'] as const
export type ProviderStatus = (typeof providerStatuses)[number]

export const providerLife = transitions<ProviderStatus, 'update' | 'book' | 'archive'>({
  update: { from: ['active'], to: 'active' },
  book: { from: ['active'], to: 'active' },
  archive: { from: ['active'], to: 'archived' },
})

export type Provider = Omit<Data<typeof providerCreated>, 'businessId'> & {
  feedId: string | null
  status: ProviderStatus
}

export const evolveProvider = {
  'business.provider.created.v1': (
    _: Provider | null,
    { businessId: _b, ...d }: Data<typeof providerCreated>,
  ): Provider => ({
    ...d,
    feedId: null,
    status: 'active',
  }),
  'business.provider.updated.v1': (s: Provider, d: Data<typeof providerUpdated>): Provider => ({
    ...s,
    ...d.changes,
  }),
  'business.provider.linked.v1': (s: Provider, d: Data<typeof providerLinked>): Provider => ({
    ...s,
    userId: d.userId,
  }),
  'business.provider.feed_set.v1': (s: Provider, { feedId }: Data<typeof providerFeedSet>): Provider => ({
    ...s,
    feedId,
  }),
  /** The link itself is sealed, and no part of a fold. */
  'business.provider.room_set.v1': (s: Provider): Provider => s,
  'business.provider.archived.v1': (s: Provider): Provider => ({ ...s, status: 'archived' }),
}
