import { type BrowserContext, expect } from '@playwright/test'
import { today } from '../server/core/time'
import { base } from './testing'

const usual = 'correct horse battery'
const zone = 'Europe/Berlin'
const everyDay = Object.fromEntries(['1', '2', '3', '4', '5', '6', '7'].map((d) => [d, [['08:00', '20:00']]]))

export type House = {
  slug: string
  businessId: string
  serviceId: string
  providerId: string
  call: Call
}
type Call = (path: string, input: unknown) => Promise<Record<string, unknown>>
type Person = { email: string; name?: string; password?: string; language?: string }

/** Somebody with an account, signed in in this context from now on. Gives how they ask the app for something. */
export async function signedIn(
  { request }: Pick<BrowserContext, 'request'>,
  { email, name = 'Nora Quill', password = usual, ...more }: Person,
): Promise<Call> {
  const headers = { origin: base }
  const post = async (path: string, data: object) => {
    const answer = await request.post(`${base}/api/${path}`, { data, headers })
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
    return answer
  }
  await post('auth/sign-up/email', { email, password, name, ...more })
  await post('auth/sign-in/email', { email, password })
  return async (path, data) => {
    const said = (await (await post(`trpc/${path}`, data as object)).json()) as {
      result: { data: Record<string, unknown> }
    }
    return said.result.data
  }
}

/**
 * A business of its own, run by whoever this context is signed in as from now on; open every day from eight to eight,
 * from tomorrow on, so that the first day with times has all of them, whatever the hour.
 */
export async function ownHouse(context: BrowserContext, name: string, service = {}): Promise<House> {
  const slug = `${name}-${Date.now().toString(36)}`
  const call = await signedIn(context, { email: `${slug}@example.com` })
  const { businessId } = (await call('business.create', {
    name: `House ${name}`,
    slug,
    timeZone: zone,
  })) as { businessId: string }
  const { serviceId } = (await call('service.create', {
    businessId,
    name: 'First talk',
    durationMinutes: 60,
    stepMinutes: 60,
    ...service,
  })) as { serviceId: string }
  const { providerId } = (await call('provider.create', {
    businessId,
    name: 'Ines Carvalho',
    rules: { timeZone: zone, weekly: everyDay, overrides: { [today(zone, Date.now())]: [] } },
    serviceIds: [serviceId],
  })) as { providerId: string }
  return { slug, businessId, serviceId, providerId, call }
}
