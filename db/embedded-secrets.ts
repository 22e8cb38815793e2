import { createECDH, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the embedded database is opened and sealed with, made once and readable by the owner of the folder alone. */
export interface Secrets {
  APP_SECRET: string
  ENCRYPTION_KEY: string
  VAPID_PRIVATE_KEY: string
  DATABASE_ADMIN_PASSWORD: string
  DATABASE_OWNER_PASSWORD: string
}

const makers: Record<keyof Secrets, () => string> = {
  APP_SECRET: () => randomBytes(32).toString('base64url'),
  ENCRYPTION_KEY: () => randomBytes(32).toString('base64'),
  VAPID_PRIVATE_KEY: newPairOfKeys,
  DATABASE_ADMIN_PASSWORD: () => randomBytes(24).toString('hex'),
  DATABASE_OWNER_PASSWORD: () => randomBytes(24).toString('hex'),
}

function newPairOfKeys(): string {
  const pair = createECDH('prime256v1')
  pair.generateKeys()
  return Buffer.from(pair.getPrivateKey('hex').padStart(64, '0'), 'hex').toString('base64url')
}

export function secretsIn(dir: string): Secrets {
  const path = join(dir, 'secrets')
  const known = existsSync(path) ? parse(readFileSync(path, 'utf8')) : {}
  const missing = Object.entries(makers).filter(([name]) => !known[name])
  for (const [name, make] of missing) known[name] = make()
  if (missing.length > 0) write(path, known)
  return known as unknown as Secrets
}

function parse(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => /^[A-Z_]+=/.test(line))
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
}

function write(path: string, values: Record<string, string>) {
  const note =
    '# Made on first start. Without these the data beside this file cannot be read: keep them with its backup.\n'
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(`${path}.new`, note + lines.join(''), { mode: 0o600 })
  chmodSync(`${path}.new`, 0o600)
  renameSync(`${path}.new`, path)
}
