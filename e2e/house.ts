import { type BrowserContext, expect } from '@playwright/test'
import { base } from './testing'

const password = 'correct horse battery'
const everyDay = Object.fromEntries(['1', '2', '3', '4', '5', '6', '7'].map((d) => [d, [['08:00', '20:00']]]))

export type House = {
  slug: string
  businessId: string
  serviceId: string
  providerId: string
  call(path: string, input: unknown): Promise<Record<string, unknown>>
}

/** A business of its own, run by whoever this context is signed in as from now on; open every day from eight to eight. */
export async function ownHouse(context: BrowserContext, name: string, service = {}): Promise<House> {
  const headers = { origin: base }
  const slug = `${name}-${Date.now().toString(36)}`
  const email = `${slug}@example.com`
  for (const [path, data] of [
    ['sign-up/email', { email, password, name: 'Nora Quill' }],
    ['sign-in/email', { email, password }],
  ] as const) {
    const answer = await context.request.post(`${base}/api/auth/${path}`, { data, headers })
    expect(answer.ok(), await answer.text()).toBe(true)
  }
  const call: House['call'] = async (path, data) => {
    const answer = await context.request.post(`${base}/api/trpc/${path}`, { data: data as object, headers })
    expect(answer.ok(), await answer.text()).toBe(true)
    return ((await answer.json()) as { result: { data: Record<string, unknown> } }).result.data
  }
  const { businessId } = (await call('business.create', {
    name: `House ${name}`,
    slug,
    timeZone: 'Europe/Berlin',
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
    rules: { timeZone: 'Europe/Berlin', weekly: everyDay, overrides: {} },
    serviceIds: [serviceId],
  })) as { providerId: string }
  return { slug, businessId, serviceId, providerId, call }
}
