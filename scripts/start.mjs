import { ensureBuilt } from './lib/build.mjs'
import { dataDirOf, isEmbedded, readSettings } from './lib/database.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { main } from './lib/screen.mjs'
import { Supervisor } from './lib/supervisor.mjs'

/** From a clone to a running SlotWise: install, build, database, migrations, demo, web and worker. */
await main(async () => {
  const started = Date.now()
  const dev = process.argv.includes('--dev')
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' }
  if (env.NODE_ENV !== 'test') env.NODE_ENV = dev ? 'development' : 'production'
  await ensureInstalled()
  await ensureBuilt({ pages: !dev && env.ROLE !== 'worker' })
  const config = await readSettings(env)
  return new Supervisor({ config, env, dev, dir: dataDirOf(env), embedded: isEmbedded(env), started }).run()
})
