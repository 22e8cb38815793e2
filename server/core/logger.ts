import pino, { type Logger } from 'pino'
import { config } from './config'
import { rootCause } from './errors'

/** The query builder's message repeats the parameters, which may be people's: only what it wraps is told. */
function toldOf(error: unknown): Record<string, unknown> {
  const at = rootCause(error)
  if (!(at instanceof Error)) return { message: typeof at }
  const { name, message, stack } = at
  return { type: name, message, stack, code: (at as { code?: unknown }).code }
}

/** Structured, on standard output, with ids and never with personal data: what identifies a person is cut out by name. */
const make = (): Logger =>
  pino({
    level: config().LOG_LEVEL,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: toldOf },
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: [
        'email',
        'phone',
        'name',
        'password',
        'token',
        'cookie',
        'authorization',
        '*.email',
        '*.phone',
        '*.name',
        '*.password',
        '*.token',
        'headers',
      ],
      remove: true,
    },
  })

export const logger = (): Logger => {
  const holder = globalThis as { __slotwise_logger?: Logger }
  holder.__slotwise_logger ??= make()
  return holder.__slotwise_logger
}
