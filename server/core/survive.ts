import { renewPools } from '@/db/client'
import { isUnavailable } from './errors'
import { logger } from './logger'

/**
 * What a lost database connection throws where nobody can catch it: the driver writes to a socket that has just gone, or
 * rejects a promise it kept to itself. Those are answered by new pools; anything else that nobody caught ends the
 * process, as it should.
 */
export function surviveLostConnections(): void {
  process.on('uncaughtException', (error) => {
    if (!isLostWrite(error)) return end(error)
    logger().warn({ err: error }, 'a database connection was lost while it was written to; starting new ones')
    renewPools()
  })
  process.on('unhandledRejection', (reason) => {
    if (!isUnavailable(reason)) return end(reason)
    logger().warn({ err: reason }, 'a database connection was lost')
  })
}

function end(reason: unknown): void {
  logger().fatal({ err: reason }, 'nobody caught this')
  process.exit(1)
}

const isLostWrite = (error: Error): boolean =>
  error instanceof TypeError &&
  /postgres[\\/]src[\\/]connection\.js/.test(error.stack ?? '') &&
  /\bnextWrite\b/.test(error.stack ?? '')
