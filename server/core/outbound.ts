import { lookup as resolveHost } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from './addresses'

/** Where somebody's word would have led us is not on the open internet. */
export class PrivateAddress extends Error {
  override name = 'PrivateAddress'
}

/** A host that is a number is never looked up, so it is looked at before. */
export const isPrivateHost = (host: string): boolean => {
  const bare = host.replace(/^\[|\]$/g, '')
  return isIP(bare) !== 0 && !isPublicAddress(bare)
}

/** The connection goes to the very addresses that were looked at, so that no second answer can lead it elsewhere. */
export const lookUpPublic: LookupFunction = (host, options, done) => {
  resolveHost(host, { ...options, all: true }, (error, found) => {
    const [first] = found ?? []
    if (error || !first) return done(error ?? new Error('nothing has that name'), '')
    if (!found.every(({ address }) => isPublicAddress(address))) return done(new PrivateAddress(host), '')
    return options.all ? done(null, found) : done(null, first.address, first.family)
  })
}
