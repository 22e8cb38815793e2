import { setPriority } from 'node:os'
import { closePools } from '@/db/client'
import { closeMailer } from '@/server/adapters/mail/mailer'
import { afterDrain, stopInOrder } from '@/server/core/lifecycle'
import { logger } from '@/server/core/logger'
import { surviveLostConnections } from '@/server/core/survive'
import { startTracing } from '@/server/core/tracing'
import { startProjector } from './projector'
import { startHandling } from './run'
import { subscriptions } from './subscriptions'
import { sweeps } from './sweeps/all'
import { startSweeps } from './sweeps/sweep'

// Whoever waits for an answer goes first; what follows from it can wait for a moment when there is too much of both.
setPriority(10)
surviveLostConnections()
startTracing('slotwise-worker')
const running = await startHandling(subscriptions, startProjector())
const sweeping = startSweeps(sweeps)
afterDrain(async () => {
  closeMailer()
  await closePools()
})

const stop = () =>
  stopInOrder(async () => {
    await Promise.all([sweeping.stop(), running.stop()])
  }).then(() => process.exit(0))
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop())

logger().info({ handlers: new Set(subscriptions.map((s) => s.handler.name)).size }, 'worker ready')
process.send?.('ready')
