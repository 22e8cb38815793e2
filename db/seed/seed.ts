import '@/server/events'
import postgres from 'postgres'
import { makeOperator } from '@/server/auth/user/make-operator'
import { config } from '@/server/core/config'
import { buildBusiness } from './business'
import { addressOf, isNoted, isTold, noteLogins, signUpAll, tellLogins } from './logins'
import { businesses, demoDomain, people } from './world'

export type Seeded = 'seeded' | 'already' | 'not_empty'

/**
 * Fills an empty database with an invented world, through the same verbs as everybody. Interrupted, it goes on where it
 * stopped; beside anybody's own data it does nothing.
 */
export async function seed({ dir = config().DATA_DIR, now = Date.now() } = {}): Promise<Seeded> {
  const found = await whoLivesHere()
  if (found === 'strangers') return 'not_empty'
  if (found === 'demo' && !isNoted(dir)) return isTold(dir) ? 'already' : 'not_empty'
  const logins = noteLogins(dir)
  const userOf = signUpAll(logins)
  await Promise.all([
    ...people.map(({ login }) => userOf(login)),
    ...businesses.map((plan) => buildBusiness(plan, userOf, now)),
  ])
  await makeOperator(addressOf('operator'))
  tellLogins(dir)
  return 'seeded'
}

/** Asked as the owner of the database, who alone sees whether it is empty. */
async function whoLivesHere(): Promise<'nobody' | 'demo' | 'strangers'> {
  const sql = postgres(config().DATABASE_URL, { max: 1, onnotice: () => {} })
  try {
    const slugs = businesses.map(({ slug }) => slug)
    const [row] = await sql<{ strangers: boolean; demo: boolean }[]>`
      select exists (select 1 from business where slug <> all(${slugs}))
          or exists (select 1 from auth."user" where email not like ${`%@${demoDomain}`}) as strangers,
        exists (select 1 from business) or exists (select 1 from auth."user") as demo`
    return row?.strangers ? 'strangers' : row?.demo ? 'demo' : 'nobody'
  } finally {
    await sql.end()
  }
}
