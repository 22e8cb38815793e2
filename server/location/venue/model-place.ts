export const online = 'online'

/** Where somebody is met: at a venue, named by its id, or `online`. */
export type Where = string

/** The venues among some places, each once. */
export const venuesAmong = (places: readonly (Where | null | undefined)[]): Where[] => [
  ...new Set(places.filter((place): place is Where => Boolean(place) && place !== online)),
]

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
