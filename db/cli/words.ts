import { DamagedArchive, RestoreRefused } from '@/db/backup'
import { errorCode, isRefusal } from '@/server/core/errors'
import { isCode, words } from '@/server/words'
import { Trouble } from './command'

const unreachable: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'it hung up',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name service does not answer',
  ETIMEDOUT: 'no answer',
  EHOSTUNREACH: 'no way there',
  CONNECT_TIMEOUT: 'no answer',
  CONNECTION_CLOSED: 'it hung up',
  '57P01': 'it is shutting down',
  '57P03': 'it is starting or stopping',
  '53300': 'it has no connection left',
}
const notPrepared = new Set(['42P01', '3F000', '42883'])
const ownRole = /"slotwise_(app|relay|auth)"/

/** What a person can do something about, in words; null for a fault of ours, which keeps its stack. */
export function wordsFor(error: unknown, databaseUrl: string | undefined): string | null {
  if (!(error instanceof Error)) return null
  const known = [Trouble, RestoreRefused, DamagedArchive].some((kind) => error instanceof kind)
  if (known || error.name === 'ConfigError' || isAboutAFile(error)) return error.message
  if (isRefusal(error)) return refusalWords(error.code, error.data)
  const code = errorCode(error) ?? ''
  const said = innermost(error)
  const there = placeOf(databaseUrl)
  if (unreachable[code]) return `The database at ${there} cannot be reached: ${unreachable[code]} (${code}).`
  if (code === '3D000')
    return `There is no such database at ${there}. Create it, owned by the role in DATABASE_URL.`
  if (notPrepared.has(code) || /pg-boss is not installed/.test(said))
    return `The database at ${there} has not been prepared for this version. Run: node scripts/cli.mjs migrate`
  if (code === '28P01' || code === '28000')
    return ownRole.test(said)
      ? `${said}: the roles were made with another APP_SECRET, or not yet. Run: node scripts/cli.mjs migrate`
      : `${said}: correct DATABASE_URL.`
  return null
}

function refusalWords(code: string, data: Record<string, unknown>): string {
  const known = isCode(code) ? words.en[code] : undefined
  return known ? `${known.title}. ${known.detail(data)}` : `It was refused: ${code}.`
}

/** Such as: ENOSPC: no space left on device, write. */
const isAboutAFile = (error: Error) =>
  'syscall' in error && /^(EACCES|EISDIR|ENOENT|ENOSPC|ENOTDIR|EPERM|EROFS)$/.test(errorCode(error) ?? '')

function innermost(error: Error): string {
  return error.cause instanceof Error ? innermost(error.cause) : error.message
}

function placeOf(databaseUrl: string | undefined): string {
  if (!databaseUrl || !URL.canParse(databaseUrl)) return 'DATABASE_URL'
  const { host, pathname } = new URL(databaseUrl)
  return `${host}${pathname}`
}
