type Held = { name: string; slug: string; roles: readonly string[] }

type DeskRole = 'owner' | 'admin' | 'provider'
/** Where somebody works: a business, as what, and where that is done. */
export type Place = { business: string; role: DeskRole; href: string }

/** One entry for each desk a person can sit at. A provider's is their own calendar; who runs the business reaches every one. */
export const placesOf = (businesses: readonly Held[]): Place[] =>
  businesses.flatMap(({ name, slug, roles }) => {
    const role = (['owner', 'admin', 'provider'] as const).find((held) => roles.includes(held))
    if (!role) return []
    return [{ business: name, role, href: `/b/${slug}/${role === 'provider' ? 'calendar' : 'admin'}` }]
  })
