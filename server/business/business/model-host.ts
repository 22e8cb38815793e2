import { reservedSlugs, slugPattern } from './model'

/** What a request's host and path come to. A business's subdomain serves its public pages; all else is on the main host. */
export type Route =
  | { kind: 'pass' }
  | { kind: 'rewrite'; path: string }
  | { kind: 'main_host'; path: string }
  | { kind: 'not_found' }

/** Parts of the main host that a page on a subdomain may link to as if they were there. */
const onMainHost = new Set([
  'account',
  'bookings',
  'check-mail',
  'design',
  'errors',
  'field',
  'forgot-password',
  'invitations',
  'kits',
  'link',
  'mailbox',
  'me',
  'ops',
  'providers',
  'search',
  'sign-in',
  'sign-out',
  'sign-up',
  'start',
  'waitlist',
  'work',
])
/** Parts of a business for those who run it. */
const forMembers = new Set(['admin', 'calendar'])

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/
const file = /^\/[^/]+\.(css|ico|js|png|svg|txt|webmanifest|woff2|xml)$/

export function routeOf(host: string | null, path: string, publicUrl: string): Route {
  const { hostname: main } = new URL(publicUrl)
  const name = nameOf(host)
  if (name === main || loopback.test(name)) return { kind: 'pass' }
  if (!name.endsWith(`.${main}`)) return { kind: 'not_found' }
  const slug = name.slice(0, -main.length - 1)
  if (slug === 'www') return { kind: 'main_host', path }
  if (!slugPattern.test(slug) || (reservedSlugs as readonly string[]).includes(slug))
    return { kind: 'not_found' }
  return onSubdomain(slug, path)
}

function onSubdomain(slug: string, path: string): Route {
  const own = `/b/${slug}`
  const [, first = '', second, third] = path.split('/')
  if (first === 'b') {
    const home = second === slug && !forMembers.has(third ?? '')
    return home ? { kind: 'pass' } : { kind: 'main_host', path }
  }
  if (first === 'language') return { kind: 'pass' }
  if (forMembers.has(first)) return { kind: 'main_host', path: `${own}${path}` }
  if (onMainHost.has(first)) return { kind: 'main_host', path }
  if (file.test(path)) return { kind: 'pass' }
  return { kind: 'rewrite', path: path === '/' ? own : `${own}${path}` }
}

/** Ports differ behind a proxy or a tunnel; names do not. */
const nameOf = (host: string | null) => (host ?? '').toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '')
