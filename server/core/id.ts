import { randomBytes } from 'node:crypto'

/** UUIDv7: sortable by time, so that keys stay close together in their index. */
export function newId(now = Date.now()): string {
  const b = randomBytes(16)
  b.writeUIntBE(now, 0, 6)
  b[6] = 0x70 | ((b[6] as number) & 0x0f)
  b[8] = 0x80 | ((b[8] as number) & 0x3f)
  const h = b.toString('hex')
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`
}

/** Facts without a business belong to the platform's own tenant. */
export const platformTenant = '00000000-0000-7000-8000-000000000000'
