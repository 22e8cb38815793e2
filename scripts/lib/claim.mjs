import { hostname } from 'node:os'
import { join } from 'node:path'
import { Lock } from './lock.mjs'
import { isSame, launchers, signal, until } from './processes.mjs'
import { step, Trouble } from './screen.mjs'

/** One run per data folder (per role and port, when the database is elsewhere); what a lost run left is waited for. */
export async function claim({ config, dir, embedded }) {
  const path = join(dir, embedded ? 'lock' : sharedLock(config))
  const address = config.ROLE === 'worker' ? undefined : config.PUBLIC_URL
  const take = () => Lock.take(path, { address, launchers: launchers(), state: 'starting' })
  let taken = take()
  if (taken.holder && isLeaving(taken.holder)) {
    const patience = (config.DRAIN_SECONDS + 15) * 1000
    const again = () => {
      taken = take()
      return taken.lock !== undefined
    }
    await step('waiting for the previous run to stop', () => until(again, patience, 200))
  }
  if (taken.holder) throw new Trouble(alreadyRunning(taken.holder, dir))
  const orphans = taken.left?.host === hostname() ? (taken.left.children ?? []).filter(isSame) : []
  if (orphans.length > 0)
    await step('waiting for what a lost run left behind', () => outlive(orphans, config.DRAIN_SECONDS))
  return taken.lock
}

/** With the database elsewhere only a port is exclusive; workers may be any number. */
const sharedLock = ({ ROLE, PORT }) => `lock.${ROLE}.${ROLE === 'worker' ? process.pid : PORT}`

/** It was told to stop, or whoever started it is gone and it is about to notice. */
const isLeaving = (note) => note.state === 'stopping' || (note.launchers ?? []).some((one) => !isSame(one))

function alreadyRunning({ pid, host, address }, dir) {
  const where = host === hostname() ? `process ${pid}` : `process ${pid} on ${host}`
  return [
    `SlotWise is already running on ${dir} (${where}${address ? `, at ${address}` : ''}).`,
    `Stop it there with Ctrl-C or with: kill ${pid}`,
    'To run another beside it, give that one its own DATA_DIR and PORT.',
  ].join('\n')
}

/** Children of a lost run notice and finish by themselves; those that do not are ended. */
async function outlive(orphans, drainSeconds) {
  const gone = () => !orphans.some(isSame)
  if (await until(gone, (drainSeconds + 3) * 1000)) return
  for (const one of orphans.filter(isSame)) signal(one.pid, 'SIGKILL')
  await until(gone, 5000)
}
