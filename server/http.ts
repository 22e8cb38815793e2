import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import next from 'next'
import { closePools } from '@/db/client'
import { isAvailability, serveAvailability } from './availability'
import { trustedProxies } from './core/addresses'
import { config } from './core/config'
import { FrontDoor } from './core/front-door'
import { afterDrain } from './core/lifecycle'
import { captureConsole, honestStatus } from './core/page-errors'
import { secure } from './core/security-headers'
import { surviveLostConnections } from './core/survive'
import { startTracing } from './core/tracing'
import { isLive, serveLive } from './live'

const { NODE_ENV, HOST, PORT, TRUST_PROXY, DRAIN_SECONDS, PUBLIC_URL } = config()
const dev = NODE_ENV === 'development'
/** What visitors book with may stand in other people's pages, and the example of one in ours. */
const framable = (path: string) =>
  /^\/(?:b\/[^/]+\/)?(?:book|wait|series)(?:[/?]|$)/.test(path) ||
  /^\/(?:bookings|waitlist|errors)\//.test(path)
const headers = { dev, https: PUBLIC_URL.startsWith('https:'), framable }
surviveLostConnections()
if (!dev) captureConsole()
startTracing('slotwise-web')
afterDrain(closePools)
const app = next({ dev, dir: join(import.meta.dirname, '..'), hostname: HOST, port: PORT })
const handle = app.getRequestHandler()
/** Streams are many and long: they go straight into their answers, since the framework would triple their memory. */
const streams = async (req: IncomingMessage, res: ServerResponse) => {
  if (!isLive(req)) return false
  secure(req, res, headers)
  await serveLive(req, res)
  return true
}
/** What every open calendar asks, many times: answered here for a fraction of what a route would cost. */
const times = async (req: IncomingMessage, res: ServerResponse) => {
  if (!isAvailability(req)) return false
  secure(req, res, headers)
  await serveAvailability(req, res)
  return true
}
const door = new FrontDoor({
  handlers: [streams, times],
  app: (req, res) => {
    secure(req, res, headers)
    honestStatus(req, res)
    return handle(req, res)
  },
  proxies: trustedProxies(TRUST_PROXY) ?? { hops: 0 },
  drainSeconds: DRAIN_SECONDS,
  upgrades: dev,
  onError: (error, correlationId) => console.error(correlationId, error),
})

async function stop() {
  await door.stop()
  process.exit(0)
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop())

await app.prepare()
if (dev) door.server.on('upgrade', app.getUpgradeHandler())
await door.listen(PORT, HOST)
