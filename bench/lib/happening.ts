import { z } from 'zod'
import { effect, type Subscription, when } from '@/jobs/define'
import { command } from '@/server/core/command'
import { defineEvent } from '@/server/core/events'
import { systemOnly } from '@/server/core/policy'

/** An event that means nothing, and five handlers that do nothing: what is left is the way between them. */
export const happened = defineEvent('bench.thing.happened.v1', {
  schema: z.strictObject({ n: z.int() }),
  retention: 'y1',
  birth: true,
  topics: ({ tenantId }) => [`business:${tenantId}`],
  canRead: { roles: [] },
})

export const happen = command({
  name: 'bench.thing.happen',
  input: z.strictObject({ id: z.guid(), n: z.int() }),
  may: systemOnly,
  run: async (_tx, { id, n }, { append }) => {
    await append([happened(id, { n })])
  },
})

export const handlerNames = [1, 2, 3, 4, 5].map((n) => `bench-effect-${n}`)

export const list: readonly Subscription[] = handlerNames.map((name) =>
  when(
    happened,
    effect(name, async () => {}),
  ),
)
