import { archiveProvider } from '@/server/business/provider/archive'
import { createProvider } from '@/server/business/provider/create'
import { archiveService } from '@/server/business/service/archive'
import { createService } from '@/server/business/service/create'
import type { Call } from '@/server/core/command'
import { runSaga, type SagaDefinition } from '@/server/core/saga'
import { recordCompensation } from '@/server/platform/workflow/record-compensation'

type Defaults = {
  businessId: string
  name: string
  timeZone: string
  currency: string
  language: string
  ownerId: string
  serviceId?: string
  providerId?: string
}

const words: Record<string, { service: string }> = {
  en: { service: 'First appointment' },
  de: { service: 'Erster Termin' },
}

const office: [string, string][] = [['09:00', '17:00']]

/** A new business begins with a service and with its owner as a provider, unpublished, ready to be changed. */
const definition: SagaDefinition<Defaults> = {
  name: 'set-up-business',
  steps: [
    {
      name: 'service',
      run: ({ businessId, language, currency }, call) =>
        createService.execute(
          {
            businessId,
            name: (words[language] ?? words.en)?.service as string,
            durationMinutes: 30,
            currency,
          },
          call,
        ),
      undo: async ({ businessId, serviceId }, call) => {
        if (serviceId) await archiveService.execute({ businessId, serviceId }, call)
      },
    },
    {
      name: 'provider',
      run: ({ businessId, name, timeZone, ownerId, serviceId }, call) =>
        createProvider.execute(
          {
            businessId,
            name,
            userId: ownerId,
            published: false,
            serviceIds: serviceId ? [serviceId] : [],
            rules: {
              timeZone,
              weekly: { '1': office, '2': office, '3': office, '4': office, '5': office },
              overrides: {},
            },
          },
          call,
        ),
      undo: async ({ businessId, providerId }, call) => {
        if (providerId) await archiveProvider.execute({ businessId, providerId }, call)
      },
    },
  ],
  compensated: async (undone, error, call) => {
    const key = String(call.metadata?.businessId)
    await recordCompensation.execute(
      { businessId: key, workflow: 'set-up-business', key, undone, error },
      call,
    )
  },
}

export const setUpBusiness = (start: Defaults, call: Call, attempt: { last: boolean }) =>
  runSaga(
    definition,
    start.businessId,
    start.businessId,
    start,
    { ...call, metadata: { businessId: start.businessId } },
    attempt,
  )
