import { join } from 'node:path'
import { ensureBuilt } from './lib/build.mjs'
import {
  dataDirOf,
  embeddedEnvironment,
  isEmbedded,
  readSettings,
  runningDatabase,
  startDatabase,
} from './lib/database.mjs'
import { ensureInstalled, node24 } from './lib/install.mjs'
import { Lock } from './lib/lock.mjs'
import { root } from './lib/paths.mjs'
import { run } from './lib/processes.mjs'
import { main, step, Trouble } from './lib/screen.mjs'

/** One command against the database: yours, the running one, or the embedded one started for as long as it takes. */
await main(async () => {
  const args = process.argv.slice(2)
  const env = { ...process.env, NODE_ENV: process.env.NODE_ENV || 'production' }
  await ensureInstalled()
  await ensureBuilt({ pages: false })
  await readSettings(env)
  const command = (settings) =>
    run(node24(), ['--enable-source-maps', join(root, 'dist', 'cli.mjs'), ...args], {
      cwd: root,
      env: settings,
      show: true,
    })
  if (!isEmbedded(env)) return (await command(env)).code
  const dir = dataDirOf(env)
  const { lock, holder } = Lock.take(join(dir, 'lock'), { state: 'command' })
  if (!lock) {
    const url = await runningDatabase(dir)
    if (!url)
      throw new Trouble(
        `The run of process ${holder.pid} on ${dir} has no database yet, or no longer. Try again.`,
      )
    return (await command(await embeddedEnvironment(env, dir, url))).code
  }
  // Ctrl-C reaches the command too; the database is stopped after it either way.
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => {})
  try {
    const cluster = await step('starting the database', () => startDatabase(dir))
    try {
      return (await command(await embeddedEnvironment(env, dir, cluster.ownerUrl))).code
    } finally {
      await cluster.stop()
    }
  } finally {
    lock.release()
  }
})
