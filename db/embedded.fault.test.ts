import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cluster, runningOwnerUrl, secretsIn, startCluster } from './embedded'

const ask = async <T>(url: string, query: string): Promise<T[]> => {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return (await sql.unsafe(query)) as unknown as T[]
  } finally {
    await sql.end()
  }
}

describe('embedded database', () => {
  const dir = mkdtempSync(join(tmpdir(), 'slotwise-embedded-'))
  let cluster: Cluster

  beforeAll(async () => {
    cluster = await startCluster({ dir })
  })
  afterAll(async () => {
    await cluster.stop()
    rmSync(dir, { recursive: true, force: true })
  })

  test('is PostgreSQL 18 with an owner who is no superuser', async () => {
    const [row] = await ask<{
      version: string
      super: boolean
      bypass: boolean
      roles: boolean
      gist: string
    }>(
      cluster.ownerUrl,
      `select current_setting('server_version') as version, rolsuper as super, rolbypassrls as bypass, rolcreaterole as roles,
              (select extname from pg_extension where extname = 'btree_gist') as gist
       from pg_roles where rolname = current_user`,
    )
    expect(row).toMatchObject({ super: false, bypass: false, roles: true, gist: 'btree_gist' })
    expect(row?.version).toMatch(/^18\./)
  })

  test('keeps what was committed through a kill and a restart on the same port', async () => {
    await ask(cluster.ownerUrl, 'create table kept (n int); insert into kept select generate_series(1, 100)')
    let crashes = 0
    cluster.onCrash(() => {
      crashes += 1
    })
    await cluster.kill()
    await expect(ask(cluster.ownerUrl, 'select 1')).rejects.toThrow()
    await cluster.start()
    expect(await ask(cluster.ownerUrl, 'select count(*)::int as n from kept')).toEqual([{ n: 100 }])
    expect(crashes).toBe(0)
  })

  test('starts over a stale note whose number now belongs to somebody else', async () => {
    await cluster.kill()
    const note = join(dir, 'pg', 'postmaster.pid')
    const lines = readFileSync(note, 'utf8').split('\n')
    writeFileSync(note, [process.pid, ...lines.slice(1)].join('\n'))
    await cluster.start()
    expect(await ask(cluster.ownerUrl, 'select 1 as n')).toEqual([{ n: 1 }])
  })

  test('tells when it ends unasked, and starts again', async () => {
    const crashed = new Promise<void>((resolve) => cluster.onCrash(resolve))
    process.kill(Number(readFileSync(join(dir, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL')
    await crashed
    await cluster.start()
    expect(await ask(cluster.ownerUrl, 'select 1 as n')).toEqual([{ n: 1 }])
  })

  test('tells its address to other processes while it runs, and to nobody after', async () => {
    expect(runningOwnerUrl(dir)).toBe(cluster.ownerUrl)
    await cluster.stop()
    expect(runningOwnerUrl(dir)).toBeUndefined()
    await cluster.start()
  })

  test('keeps its passwords to the owner of the folder', () => {
    expect(statSync(join(dir, 'secrets')).mode & 0o777).toBe(0o600)
    expect(secretsIn(dir)).toEqual(secretsIn(dir))
  })
})
