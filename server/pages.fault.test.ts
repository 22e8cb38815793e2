import { globSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '@/db/testing-app'
import { someone, testWorld } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { joinWaitlist } from '@/server/booking/waitlist/join'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { resourceToken } from '@/server/core/crypto'

let app: TestApp
/** Addresses that open something, by the page that they open. */
const open = new Map<string, string>()

beforeAll(async () => {
  app = await startApp({ web: 1, workers: 0 })
  const { providerId, serviceId, businessId, at } = await testWorld({ capacity: 3 })
  const [wanted, call] = [{ providerId, serviceId, startTime: at(3, '10:00') }, newCall(anonymous)]
  const booked = await bookAppointment.execute({ ...wanted, client: someone('booked') }, call)
  const wish = { kind: 'time' as const, providerId, startTime: wanted.startTime }
  const waits = await joinWaitlist.execute({ serviceId, wish, client: someone('waits'), seats: 1 }, call)
  const [house] = await app.owner<
    { slug: string }[]
  >`select slug from business where tenant_id = ${businessId}`
  const about = { service: serviceId, provider: providerId }
  const address = (path: string, query: Record<string, string> = {}) =>
    `${path}?${new URLSearchParams(query)}`
  const b = `/b/${house?.slug}`
  const token = (kind: 'appointment' | 'waitlist', id: string) => ({ token: resourceToken(kind, id) })
  open.set('app/page.tsx', address('/'))
  open.set('app/b/[business]/page.tsx', address(b))
  open.set('app/b/[business]/[provider]/page.tsx', address(`${b}/${providerId}`, about))
  open.set('app/b/[business]/book/page.tsx', address(`${b}/book`, about))
  open.set('app/b/[business]/wait/page.tsx', address(`${b}/wait`, about))
  open.set(
    'app/b/[business]/series/page.tsx',
    address(`${b}/series`, { ...about, startTime: at(4, '10:00') }),
  )
  open.set('app/bookings/[id]/page.tsx', address(`/bookings/${booked.id}`, token('appointment', booked.id)))
  open.set(
    'app/bookings/[id]/move/page.tsx',
    address(`/bookings/${booked.id}/move`, token('appointment', booked.id)),
  )
  open.set('app/waitlist/[id]/page.tsx', address(`/waitlist/${waits.id}`, token('waitlist', waits.id)))
})
afterAll(() => app.close())

const pages = globSync('app/**/page.tsx').filter(
  (file) => !/^app\/(design|b\/\[business\]\/admin)\//.test(file),
)

const filesIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name))

/** What a page reads from its address: named in its own files, and in those of the flow that it is a step of. */
function namesOf(page: string): string[] {
  const files = filesIn(dirname(page))
  if (readFileSync(page, 'utf8').includes('book/place')) files.push(...filesIn('app/b/[business]/book'))
  const read = files.flatMap((file) => [
    ...readFileSync(file, 'utf8').matchAll(/\b(?:query|given|wanted)\??\.(\w+)\b(?!\()|^ +\| '(\w+)'$/gm),
  ])
  return [...new Set(read.map(([, used, listed]) => (used ?? listed) as string))]
}

const values = [
  'foo',
  '-1',
  '1.5',
  '99999999999',
  '1900-01-01',
  '2199-12-31',
  '2300-01-01',
  '9999-12-31',
  '2199-12-31T23:59:59Z',
  '2300-01-01T10:00:00Z',
  '9999-12-31T10:00:00-14:00',
  '\u0000',
  '\u202e',
  'x'.repeat(1000),
]

test.each(pages)(
  '%s answers whatever its address says with less than 500',
  async (page) => {
    const address = open.get(page) ?? `${page.replace(/^app|\/page\.tsx$|\/\([^)]+\)/g, '')}?`
    const wrong: string[] = []
    const ask = async (change: string) => {
      const [path = '', query] = address.split('?')
      const name = change.split('=')[0] ?? ''
      const kept = [...new URLSearchParams(query)].filter(([key]) => key !== name)
      const asked = `${path.replace(/\[\w+\]/g, 'x')}?${new URLSearchParams(kept)}&${change}`
      const answer = await fetch(`${app.web[0]?.url}${asked}`, { redirect: 'manual' })
      await answer.arrayBuffer()
      if (answer.status >= 500 || (open.has(page) && change === '' && answer.status !== 200))
        wrong.push(`${asked.slice(0, 200)}: ${answer.status}`)
    }
    await ask('')
    for (const name of namesOf(page))
      await Promise.all(
        [...values.map(encodeURIComponent), `a&${name}=b`].map((value) => ask(`${name}=${value}`)),
      )
    expect(wrong).toEqual([])
  },
  120_000,
)
