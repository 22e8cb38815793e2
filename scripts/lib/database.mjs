import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './paths.mjs'
import { pause } from './processes.mjs'

const bundle = (name) => import(pathToFileURL(join(root, 'dist', `${name}.mjs`)).href)

export const dataDirOf = (env) => resolve(root, env.DATA_DIR?.trim() || '.data')
export const isEmbedded = (env) => !env.DATABASE_URL?.trim()

/** The environment for our processes, checked. Written values win over made ones; nothing is made before the check. */
export async function readSettings(env) {
  const { loadConfig } = await bundle('config')
  if (!isEmbedded(env)) return loadConfig(env)
  const standIn = {
    DATABASE_URL: 'postgres://slotwise_owner@127.0.0.1/slotwise',
    APP_SECRET: 'Kq7vT2xWmZ9sLr4YbNc8GdHf3JpQe6Ua',
    ENCRYPTION_KEY: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
  }
  return loadConfig({ ...standIn, ...withoutEmpty(env) })
}

/** What an embedded run adds: its secrets and where its database listens. */
export async function embeddedEnvironment(env, dir, ownerUrl) {
  const { secretsIn } = await bundle('embedded')
  const { APP_SECRET, ENCRYPTION_KEY, VAPID_PRIVATE_KEY } = secretsIn(dir)
  const made = { APP_SECRET, ENCRYPTION_KEY, VAPID_PRIVATE_KEY }
  return { ...made, ...withoutEmpty(env), DATA_DIR: dir, DATABASE_URL: ownerUrl }
}

const withoutEmpty = (env) => Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))

export async function startDatabase(dir) {
  const { startCluster } = await bundle('embedded')
  return startCluster({ dir })
}

/** Where a run that is under way has its database. */
export async function runningDatabase(dir) {
  const { runningOwnerUrl } = await bundle('embedded')
  return runningOwnerUrl(dir)
}

/** The server comes back by itself after a crash, as often as it takes, a little slower each time. */
export function keepUp(cluster, { say, onGiveUp }) {
  let attempts = 0
  let last = 0
  cluster.onCrash(async function again() {
    attempts = Date.now() - last < 60_000 ? attempts + 1 : 1
    last = Date.now()
    if (attempts > 5)
      return onGiveUp('The database ended five times within a minute; its words are in postgres.log.')
    say('the database ended unexpectedly; starting it again')
    await pause(200 * attempts)
    await cluster.start().catch((error) => onGiveUp(error.message))
  })
}
