import { createCipheriv, createECDH, type ECDH, hkdfSync, randomBytes } from 'node:crypto'
import { PushRefused, type PushTarget } from './push'

const curve = 'prime256v1'
const bytes = (text: string) => Buffer.from(text, 'base64url')
const derive = (secret: Buffer, salt: Buffer, info: Buffer, length: number) =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, length))
const label = (text: string) => Buffer.from(`${text}\0`)

/** One record, well below what every push service takes. */
export const mostBytes = 3000
const recordSize = 4096

const fresh = (): ECDH => {
  const pair = createECDH(curve)
  pair.generateKeys()
  return pair
}

/** A message that only this browser can read (RFC 8291, in the coding of RFC 8188). */
export function sealFor(
  { p256dh, auth }: Pick<PushTarget, 'p256dh' | 'auth'>,
  plain: Buffer,
  { pair = fresh(), salt = randomBytes(16) } = {},
): Buffer {
  if (plain.length > mostBytes) throw new PushRefused('too long')
  const [theirs, ours] = [bytes(p256dh), pair.getPublicKey()]
  const shared = secretOf(pair, theirs)
  const input = derive(shared, bytes(auth), Buffer.concat([label('WebPush: info'), theirs, ours]), 32)
  const key = derive(input, salt, label('Content-Encoding: aes128gcm'), 16)
  const nonce = derive(input, salt, label('Content-Encoding: nonce'), 12)
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  const sealed = Buffer.concat([cipher.update(plain), cipher.update(Buffer.of(2)), cipher.final()])
  const head = Buffer.alloc(21)
  salt.copy(head)
  head.writeUInt32BE(recordSize, 16)
  head.writeUInt8(ours.length, 20)
  return Buffer.concat([head, ours, sealed, cipher.getAuthTag()])
}

function secretOf(pair: ECDH, theirs: Buffer): Buffer {
  try {
    return pair.computeSecret(theirs)
  } catch {
    throw new PushRefused('key')
  }
}
