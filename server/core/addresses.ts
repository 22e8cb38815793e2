import { BlockList, isIP, isIPv6 } from 'node:net'

/** Whose word counts about where a request came from. */

export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '')
  return bare === 'localhost' || bare === '::1' || /^127(\.\d{1,3}){3}$/.test(bare)
}

/** Networks of nobody in particular: this machine, its neighbours, and what is set aside for something else. */
const notPublic = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  notPublic.addSubnet(network, prefix, 'ipv4')
/** Of IPv6 only what is given out to the world; in it, what wraps an IPv4 address or is set aside is no way around. */
const worldwide = new BlockList()
worldwide.addSubnet('2000::', 3, 'ipv6')
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
] as const)
  notPublic.addSubnet(network, prefix, 'ipv6')

/** May be called at somebody else's word: what answers there is on the open internet. */
export function isPublicAddress(text: string): boolean {
  const address = bare(text)
  const family = isIP(address)
  if (family === 4) return !notPublic.check(address, 'ipv4')
  return family === 6 && worldwide.check(address, 'ipv6') && !notPublic.check(address, 'ipv6')
}

export type TrustedProxies = { hops: number } | { networks: BlockList }

/** `2` trusts the nearest two proxies; `10.0.0.0/8,fd00::/8` trusts those networks. Undefined when it is neither. */
export function trustedProxies(text: string): TrustedProxies | undefined {
  if (/^\d+$/.test(text)) return Number(text) <= 10 ? { hops: Number(text) } : undefined
  const networks = new BlockList()
  for (const part of text.split(',').map((piece) => piece.trim())) {
    const [address = '', length] = part.split('/')
    const family = isIP(address)
    const most = family === 4 ? 32 : 128
    const prefix = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : -1
    if (family === 0 || prefix < 0 || prefix > most) return undefined
    networks.addSubnet(address, prefix, family === 4 ? 'ipv4' : 'ipv6')
  }
  return { networks }
}

/** The address of whoever asked, read from the right: a client may write what it likes on the left. */
export function clientAddress(
  peer: string,
  forwardedFor: string | undefined,
  proxies: TrustedProxies,
): string {
  const said = forwardedFor?.split(',') ?? []
  let client = bare(peer)
  for (let hop = 1; trusts(proxies, client, hop); hop += 1) {
    const next = bare(said.at(-hop) ?? '')
    if (isIP(next) === 0) break
    client = next
  }
  return client
}

/** Whether what this peer says about others is believed. */
export const isProxy = (peer: string, proxies: TrustedProxies): boolean => trusts(proxies, bare(peer), 1)

function trusts(proxies: TrustedProxies, address: string, hop: number): boolean {
  if ('hops' in proxies) return hop <= proxies.hops
  return proxies.networks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/** Without the port, the brackets or the IPv4-in-IPv6 wrapping. */
function bare(text: string): string {
  const address = text.trim().replace(/^\[([^\]]+)\](:\d+)?$/, '$1')
  const unwrapped = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return /^\d+\.\d+\.\d+\.\d+:\d+$/.test(unwrapped) ? unwrapped.replace(/:\d+$/, '') : unwrapped
}

/** One customer of a provider has a whole /64 of IPv6 addresses to try from. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [left = '', right] = address.split('%', 1)[0]?.split('::') ?? []
  const head = left.split(':').filter(Boolean)
  const tail = right?.split(':').filter(Boolean) ?? []
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0')
  const groups = [...head, ...zeros, ...tail].slice(0, 4)
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`.toLowerCase()
}
