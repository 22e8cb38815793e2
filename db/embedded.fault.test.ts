import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cluster, startCluster } from './embedded'

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
})
