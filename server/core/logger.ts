import pino, { type Logger } from 'pino'
import { config } from './config'

/** Structured, on standard output, with ids and never with personal data: what identifies a person is cut out by name. */
const make = (): Logger =>
  pino({
    level: config().LOG_LEVEL,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
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
