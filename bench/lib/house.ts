import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '@/db/embedded-host'
import type { World } from '@/db/testing-world'
import { config } from '@/server/core/config'
import type { Load, Loaded } from '../processes/load'
import { type Child, processorSeconds } from './child'
import type { Database, Stage } from './stage'
import { pathOf, questions, seedHouses } from './world'

const providers = 40

export type House = { database: Database; worlds: World[]; web: Served }

/** A seeded database with the app running on it, which several benches share. */
export const house = (stage: Stage): Promise<House> =>
  stage.share('house', async () => {
    const database = await stage.database('house')
    stage.say(`seeding ${providers} providers with 200 bookings a month`)
    const worlds = await seedHouses(database.owner, providers)
    stage.say('starting web and worker')
    const [web] = await Promise.all([stage.web(database), stage.worker(database)])
    return { database, worlds, web }
  })

export const generator = (stage: Stage): Promise<Child> =>
  stage.share('load', () => stage.child('load', 'bench/load.mjs').ready())

export type Burden = Loaded & {
  rate: number
  /** Milliseconds of processor time that one answer cost the server and its database. */
  cost: number
}

/** Some load on a server, as told by the process that makes it. */
export async function loadOn(
  stage: Stage,
  server: Served,
  load: Omit<Load, 'url'>,
  expected: number,
): Promise<Burden> {
  const spent = () => processorSeconds([server.pid]) + stage.databaseSeconds()
  const { peer } = await generator(stage)
  const before = spent()
  const made = await peer.ask<Loaded>('load', { url: server.url, ...load } satisfies Load)
  const cost = ((spent() - before) * 1000) / made.answers
  const others = Object.keys(made.statuses).filter((status) => Number(status) !== expected)
  if (others.length > 0) throw new Error(`expected answers ${expected}, got ${JSON.stringify(made.statuses)}`)
  return { ...made, cost, rate: made.answers / made.seconds }
}

export type Served = Child & { url: string }
export type Floors = { framework: Served; bare: Served }

/** Two servers that answer with the very bytes of the app's own answer to the first question. */
export const floors = (stage: Stage): Promise<Floors> =>
  stage.share('floors', async () => {
    const { worlds, web } = await house(stage)
    const [question] = questions(worlds)
    if (!question) throw new Error('there is nothing to ask')
    const answer = await fetch(`${web.url}${pathOf(question)}`)
    if (answer.status !== 200)
      throw new Error(`availability answers ${answer.status}: ${await answer.text()}`)
    const body = Buffer.from(await answer.arrayBuffer())
    const path = join(stage.dir, 'answer')
    writeFileSync(path, body)
    const start = async (name: string) => {
      const PORT = String(await freePort())
      const env = {
        NODE_ENV: 'production',
        PORT,
        FLOOR_BODY: path,
        FLOOR_DATABASE_URL: config().DATABASE_APP_URL,
      }
      const url = `http://127.0.0.1:${PORT}`
      const child = stage.child(name, `bench/${name}.mjs`, env)
      await child.up(() =>
        fetch(`${url}/constant`).then(
          (there) => there.ok,
          () => false,
        ),
      )
      return Object.assign(child, { url })
    }
    const [framework, bare] = await Promise.all([start('floor'), start('bare')])
    return { framework, bare }
  })
