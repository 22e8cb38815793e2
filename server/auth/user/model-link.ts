/** What a link in a mail is for. The mail's owner proves with it that the address is theirs. */
export const linkPurposes = ['sign_in', 'verify_address', 'change_address', 'reset_password'] as const
export type LinkPurpose = (typeof linkPurposes)[number]

export const linkMinutes: Record<LinkPurpose, number> = {
  sign_in: 15,
  verify_address: 24 * 60,
  change_address: 60,
  reset_password: 60,
}

/** The page of ours where its POST is made: mail scanners follow links, but press no buttons. */
const pages: Record<LinkPurpose, string> = {
  sign_in: 'sign-in',
  verify_address: 'verify',
  change_address: 'address',
  reset_password: 'password',
}

export const purposeOfPage = (page: string): LinkPurpose | undefined =>
  linkPurposes.find((purpose) => pages[purpose] === page)

export const linkPath = (purpose: LinkPurpose, token: string, next?: string | null): string =>
  `/link/${pages[purpose]}?${new URLSearchParams({ token, ...(next ? { next } : {}) })}`

/** Where to go afterwards: a path of ours, whatever somebody wrote into an address. */
export function ownPath(given: string | null | undefined): string | null {
  if (!given || given.length > 500 || !/^\/(?![/\\])/.test(given)) return null
  const url = URL.parse(given, 'http://here.invalid')
  return url?.origin === 'http://here.invalid' ? url.pathname + url.search : null
}
