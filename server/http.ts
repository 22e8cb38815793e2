import { join } from 'node:path'
import next from 'next'
import { trustedProxies } from './core/addresses'
import { config } from './core/config'
import { FrontDoor, type Handler } from './core/front-door'

/** Asked before the app, for answers that must cost next to nothing. */
const handlers: Handler[] = []

const { NODE_ENV, HOST, PORT, TRUST_PROXY, DRAIN_SECONDS } = config()
const dev = NODE_ENV === 'development'
const app = next({ dev, dir: join(import.meta.dirname, '..'), hostname: HOST, port: PORT })
const handle = app.getRequestHandler()
const door = new FrontDoor({
  handlers,
  app: (req, res) => handle(req, res),
  proxies: trustedProxies(TRUST_PROXY) ?? { hops: 0 },
  drainSeconds: DRAIN_SECONDS,
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
