import { sql } from 'drizzle-orm'
import { appDb } from '@/db/client'
import { tenantOfAppointment } from '@/server/booking/appointment/queries'
import { tenantOfEntry } from '@/server/booking/waitlist/queries'
import { type Actor, type Role, roles } from '@/server/core/actor'
import { refuse } from '@/server/core/errors'
import { id } from '@/server/core/fields'
import { bearerOf, judge, members, operators, type Policy, type Verdict } from '@/server/core/policy'
import { watchCalendar } from '@/server/scheduling/calendar/watch'

type Topic = { name: string; id: string }
type Rule = (topic: Topic, viewers: readonly Actor[]) => Promise<Verdict>

const staff: readonly Role[] = roles.filter((role) => role !== 'client')

/** The best that any of them may: a stream speaks for the person and for the bearer of each token. */
function best(
  policy: Policy,
  viewers: readonly Actor[],
  tenantId: string | null,
  resourceId: string | null,
): Verdict {
  const verdicts = viewers.map((viewer) => judge(policy, viewer, tenantId, resourceId))
  const order: Verdict[] = ['allowed', 'forbidden', 'not_found', 'unauthenticated']
  return order.find((verdict) => verdicts.includes(verdict)) ?? 'not_found'
}

async function tenantOf(kind: 'business', wanted: string): Promise<string | null> {
  const [row] = await appDb().execute<{ tenant: string | null }>(
    sql`select tenant_of(${kind}, ${wanted}) as tenant`,
  )
  return row?.tenant ?? null
}

/** What can be followed, and by whom. Each event of it is judged again by its own rule. */
const rules: Record<string, Rule> = {
  calendar: async (topic, viewers) => {
    const found = await watchCalendar(topic.id)
    if (!found || found.public) return found ? 'allowed' : 'not_found'
    // What is not published does not exist for others.
    return best(members(...staff), viewers, found.tenantId, null) === 'allowed' ? 'allowed' : 'not_found'
  },
  catalogue: async (topic) => ((await tenantOf('business', topic.id)) ? 'allowed' : 'not_found'),
  business: async (topic, viewers) => best(members(...staff), viewers, topic.id, null),
  appointment: async (topic, viewers) =>
    best(
      bearerOf('appointment', 'owner', 'admin', 'provider'),
      viewers,
      await tenantOfAppointment(topic.id),
      topic.id,
    ),
  waitlist: async (topic, viewers) =>
    best(
      bearerOf('waitlist', 'owner', 'admin', 'provider'),
      viewers,
      await tenantOfEntry(topic.id),
      topic.id,
    ),
  user: async (topic, viewers) => {
    if (viewers.some((viewer) => viewer.kind === 'user' && viewer.userId === topic.id)) return 'allowed'
    return viewers.some((viewer) => viewer.kind === 'user') ? 'not_found' : 'unauthenticated'
  },
  platform: async (_, viewers) => best(operators, viewers, null, null),
}

/** Refuses the whole request for the first topic that is unknown or not theirs, and names it. */
export async function authorise(topics: readonly string[], viewers: readonly Actor[]): Promise<void> {
  const verdicts = await Promise.all(topics.map((text) => judgeTopic(text, viewers)))
  const at = verdicts.findIndex((verdict) => verdict !== 'allowed')
  const verdict = verdicts[at]
  if (verdict && verdict !== 'allowed') refuse(verdict, verdict, { topic: topics[at] })
}

async function judgeTopic(text: string, viewers: readonly Actor[]): Promise<Verdict> {
  const [, name = '', wanted] = /^([a-z]+)(?::(.*))?$/.exec(text) ?? []
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined
  const parsed =
    name === 'platform' && wanted === undefined ? { success: true, data: '' } : id.safeParse(wanted)
  if (!rule || !parsed.success || `${name}${parsed.data ? ':' : ''}${parsed.data}` !== text)
    return 'not_found'
  return rule({ name, id: parsed.data ?? '' }, viewers)
}
