import { renewPools } from '@/db/client'
import { logger } from './logger'

/**
 * The driver throws outside every promise when a statement is written to a connection whose server process has just
 * died. That one fault is answered by new pools; anything else that nobody caught ends the process, as it should.
 */
export function surviveLostConnections(): void {
  process.on('uncaughtException', (error) => {
    if (isLostWrite(error)) {
      logger().warn(
        { err: error },
        'a database connection was lost while it was written to; starting new ones',
      )
      renewPools()
      return
    }
    logger().fatal({ err: error }, 'uncaught')
    process.exit(1)
  })
}

const isLostWrite = (error: Error): boolean =>
  error instanceof TypeError &&
  /postgres[\\/]src[\\/]connection\.js/.test(error.stack ?? '') &&
  /\bnextWrite\b/.test(error.stack ?? '')
