import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { config } from './config'

export const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('base64url')

/** A purpose's own key from the installation's secret, so that a leak of one says nothing of another. */
const purposeKeys = new Map<string, Buffer>()
export const keyFor = (purpose: string): Buffer => {
  let key = purposeKeys.get(purpose)
  if (!key) {
    key = Buffer.from(hkdfSync('sha256', config().APP_SECRET, 'slotwise', purpose, 32))
    purposeKeys.set(purpose, key)
  }
  return key
}

/** A link's token is derived, never stored: whoever holds it may act on this one resource. */
export const resourceToken = (resource: string, resourceId: string): string =>
  createHmac('sha256', keyFor('resource-token')).update(`${resource}:${resourceId}`).digest('base64url')

export function isResourceToken(token: string, resource: string, resourceId: string): boolean {
  const expected = Buffer.from(resourceToken(resource, resourceId))
  const given = Buffer.from(token)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** AES-256-GCM. The context is authenticated: a sealed value cannot be moved to another field or event. */
export function sealBytes(key: Buffer, plain: Buffer, context: string): Buffer {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context))
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

export function unsealBytes(key: Buffer, sealed: Buffer, context: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(Buffer.from(context))
  decipher.setAuthTag(sealed.subarray(-16))
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
}

const wrappingKey = (): Buffer => Buffer.from(config().ENCRYPTION_KEY, 'base64')

export type DataKey = { keyId: string; key: Buffer }

export const newDataKey = (): Buffer => randomBytes(32)
export const wrapKey = (key: Buffer, keyId: string): Buffer => sealBytes(wrappingKey(), key, keyId)
export const unwrapKey = (wrapped: Buffer, keyId: string): Buffer =>
  unsealBytes(wrappingKey(), wrapped, keyId)

export type Sealed = {
  $sealed: string
  keyId: string
  contentType: 'application/vnd.slotwise.encrypted+json'
}

export const isSealed = (value: unknown): value is Sealed =>
  typeof value === 'object' && value !== null && '$sealed' in value

export const sealField = (value: unknown, { key, keyId }: DataKey, context: string): Sealed => ({
  $sealed: sealBytes(key, Buffer.from(JSON.stringify(value)), context).toString('base64url'),
  keyId,
  contentType: 'application/vnd.slotwise.encrypted+json',
})

export const unsealField = (sealed: Sealed, key: Buffer, context: string): unknown =>
  JSON.parse(unsealBytes(key, Buffer.from(sealed.$sealed, 'base64url'), context).toString())

/** A 63-bit lock number for a name. */
export const lockNumber = (name: string): string =>
  createHash('sha256').update(name).digest().readBigInt64BE(0).toString()
