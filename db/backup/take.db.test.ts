import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing'
import { testWorld, type World } from '../testing-world'
import { readArchive } from './archive'
import { backup } from './take'

/** More than a connection's reader keeps at once, so that it stops and has to go on. */
const picture = 320_000
const pictures = 40

const dir = mkdtempSync(join(tmpdir(), 'slotwise-take-'))
let db: TestDatabase
let world: World
beforeAll(async () => {
  db = await testDatabase()
  world = await testWorld()
  // Nothing that could be made smaller, so that writing starts while reading goes on.
  await db.owner`
    with noise as (select string_agg(sha256(random()::text::bytea), null) as image from generate_series(1, ${picture / 32}::int))
    insert into business_logo (tenant_id, version, image)
    select n.id, 'one', image from noise, (select ${world.businessId}::uuid as id union all select uuidv7() from generate_series(2, ${pictures}::int)) n`
})
afterAll(async () => {
  await db.drop()
  rmSync(dir, { recursive: true, force: true })
})

test('a table whose last row is large does not keep the backup waiting', async () => {
  const file = join(dir, 'large.backup')
  await backup(db.url, file)
  let bytes = 0
  for await (const { name, data } of readArchive(file))
    if (name.startsWith('data/public.business_logo/')) bytes += data.length
  expect(bytes).toBeGreaterThan(pictures * picture)
})

test('where writing ends in the middle of a table, the backup says why and leaves nothing behind', async () => {
  const file = join(dir, 'broken.backup')
  execFileSync('mkfifo', [`${file}.partial`])
  const reader = spawn('head', ['-c', '1000000', `${file}.partial`], { stdio: 'ignore' })
  await expect(backup(db.url, file)).rejects.toThrow(/EPIPE/)
  expect(reader.exitCode).toBe(0)
  expect(readdirSync(dir).filter((name) => name.startsWith('broken'))).toEqual([])
})
