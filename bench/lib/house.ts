import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '@/db/embedded-host'
import type { World } from '@/db/testing-world'
import { config } from '@/server/core/config'
import type { Load, Loaded } from '../processes/load'
import type { Child } from './child'
import type { Database, Stage } from './stage'
import { pathOf, queryOf, questions, seedHouses } from './world'

const providers = 40

export type House = { database: Database; worlds: World[]; web: Child & { url: string } }

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

/** Some load on one address, as told by the process that makes it. */
export async function loadOn(stage: Stage, load: Load, expected: number): Promise<Loaded & { rate: number }> {
  const made = await (await generator(stage)).peer.ask<Loaded>('load', load)
  const others = Object.keys(made.statuses).filter((status) => Number(status) !== expected)
  if (others.length > 0) throw new Error(`expected answers ${expected}, got ${JSON.stringify(made.statuses)}`)
  return { ...made, rate: made.answers / made.seconds }
}

export type Floors = { framework: string; bare: string; body: Buffer; etag: string; ask: string }

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
      await stage.child(name, `bench/${name}.mjs`, env).up(() =>
        fetch(`${url}/constant`).then(
          (a) => a.ok,
          () => false,
        ),
      )
      return url
    }
    const [framework, bare] = await Promise.all([start('floor'), start('bare')])
    return { framework, bare, body, etag: answer.headers.get('etag') ?? '', ask: queryOf(question) }
  })
