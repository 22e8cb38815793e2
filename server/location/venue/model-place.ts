import { z } from 'zod'

export const online = 'online'

/** Where somebody is met: at a venue, named by its id, or `online`. */
export const placeSchema = z
  .string()
  .regex(/^(online|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/, 'is not a place')
export type Where = z.infer<typeof placeSchema>

/** How a service is given: where people come, over a meeting link, or either, as the time's place says. */
export const ways = ['either', 'on_site', 'online'] as const
export type Way = (typeof ways)[number]

/**
 * Where a time of a service is: null where that is not told, undefined where the two do not go together. `named` is what
 * the stretch of hours or the written slot says, `usual` where the provider works otherwise.
 */
export function placeFor(
  given: Way | undefined,
  named: Where | null | undefined,
  usual: Where | null | undefined,
): Where | null | undefined {
  if (given === 'online') return named && named !== online ? undefined : online
  const place = named ?? usual ?? null
  return given === 'on_site' && place === online ? undefined : place
}
