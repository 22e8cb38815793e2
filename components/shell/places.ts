type Held = { name: string; slug: string; roles: readonly string[] }

type DeskRole = 'owner' | 'admin' | 'provider'
/** Where somebody works: a business, as what, and where that is done. */
export type Place = { business: string; role: DeskRole; href: string }

/** One entry for each desk a person can sit at. Who owns a business needs no second way in as its admin. */
export const placesOf = (businesses: readonly Held[]): Place[] =>
  businesses.flatMap(({ name, slug, roles }) => {
    const runs = (['owner', 'admin'] as const).find((role) => roles.includes(role))
    const desk: Place[] = runs ? [{ business: name, role: runs, href: `/b/${slug}/admin` }] : []
    const own: Place = { business: name, role: 'provider', href: `/b/${slug}/calendar` }
    return roles.includes('provider') ? [...desk, own] : desk
  })
