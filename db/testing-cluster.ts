import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startCluster } from './embedded'
import { migrate } from './migrate'
import { testSecrets } from './testing-secrets'

/** One throw-away server for the database tests, with a migrated database that each file copies. */
export default async function setup(project: TestProject) {
  const dir = mkdtempSync(join(tmpdir(), 'slotwise-test-'))
  const cluster = await startCluster({
    dir,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' },
  })
  Object.assign(process.env, testSecrets, { DATABASE_URL: cluster.ownerUrl })
  await migrate({ url: cluster.ownerUrl })
  project.provide('ownerUrl', cluster.ownerUrl)
  project.provide('adminUrl', cluster.adminUrl)
  return async () => {
    await cluster.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

declare module 'vitest' {
  interface ProvidedContext {
    ownerUrl: string
    adminUrl: string
  }
}
