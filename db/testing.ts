import postgres from 'postgres'
import { inject } from 'vitest'
import { config } from '@/server/core/config'
import { newId } from '@/server/core/id'
import { closePools } from './client'
import { testSecrets } from './testing-secrets'

export { assertInvariants } from './invariants'

export type TestDatabase = { name: string; url: string; owner: postgres.Sql; drop(): Promise<void> }

/** A database of this test's own, copied from the migrated one; the process's pools now point at it. */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `t_${newId().replaceAll('-', '')}`
  const admin = postgres(inject('adminUrl'), { max: 1, onnotice: () => {} })
  for (let attempt = 1; ; attempt++) {
    try {
      await admin.unsafe(`create database ${name} template slotwise owner slotwise_owner`)
      break
    } catch (error) {
      if (attempt > 20 || (error as { code?: string }).code !== '55006') throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  const url = new URL(inject('ownerUrl'))
  url.pathname = `/${name}`
  await closePools()
  Object.assign(process.env, testSecrets, { DATABASE_URL: url.href })
  globalThis.__slotwise_config = undefined
  config()
  const owner = postgres(url.href, { max: 2, onnotice: () => {} })
  return {
    name,
    url: url.href,
    owner,
    drop: async () => {
      // A poke still on its way would connect to what is about to go.
      await new Promise((resolve) => setTimeout(resolve, 50))
      await closePools()
      await owner.end()
      await admin.unsafe(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}
