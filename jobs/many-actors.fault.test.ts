import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertInvariants } from '@/db/invariants'
import { chance } from '@/db/seed/chance'
import { startApp, type TestApp } from '@/db/testing-app'
import { subscriptions } from './subscriptions'

/** Thirty people do whatever may be done, at once and in any order, while the worker is killed under them. */
const soak = process.env.SOAK === '1'
const actions = soak ? 5000 : 300
const actors = 30
const seed = process.env.SEED ?? String(Date.now())

type Json = Record<string, unknown>
type Link = { id: string; token: string }

let app: TestApp
let cookie = ''
const dice = chance(seed)
const oneOf = <T>(list: readonly T[]): T | undefined => list[Math.floor(dice.next() * list.length)]

beforeAll(async () => {
  app = await startApp({ web: 1, workers: 1 })
})
afterAll(() => app.close())

const tally: Record<string, number> = {}
const faults: string[] = []

async function ask(path: string, options: { body?: unknown; token?: string; staff?: boolean } = {}) {
  const { body, token, staff } = options
  const origin = app.web[0]?.url ?? ''
  const headers: Record<string, string> = { origin }
  if (body) headers['content-type'] = 'application/json'
  if (token) headers.authorization = `Bearer ${token}`
  if (staff) headers.cookie = cookie
  const answer = await fetch(origin + path, {
    method: body ? 'POST' : 'GET',
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const said = (await answer.json().catch(() => ({}))) as Json
  const data = ((said.result as Json | undefined)?.data ?? said) as Json
  const code = ((said.error as Json | undefined)?.message ?? said.code ?? '') as string
  const name = `${path.replace(/\?.*/, '').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…')} ${answer.status} ${code}`
  tally[name] = (tally[name] ?? 0) + 1
  if (answer.status >= 500) faults.push(`${name}: ${JSON.stringify(said).slice(0, 300)}`)
  return { ok: answer.ok, data }
}
const trpc = (path: string, body: unknown, more: { token?: string; staff?: boolean } = {}) =>
  ask(`/api/trpc/${path}`, { body, ...more })

type House = { businessId: string; single: string; approving: string; group: string; providers: string[] }

async function openHouse(): Promise<House> {
  const email = 'many@example.com'
  const password = 'correct horse battery'
  const origin = app.web[0]?.url ?? ''
  const headers = { origin, 'content-type': 'application/json' }
  for (const [path, body] of [
    ['sign-up/email', { email, password, name: 'Olga Many' }],
    ['sign-in/email', { email, password }],
  ] as const) {
    const answer = await fetch(`${origin}/api/auth/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    const set = answer.headers.getSetCookie().map((c) => c.split(';')[0])
    if (set.length > 0) cookie = set.join('; ')
  }
  const made = async (path: string, input: Json, key: string) =>
    (await trpc(path, input, { staff: true })).data[key] as string
  const businessId = await made(
    'business.create',
    { name: 'Many Actors', slug: 'many-actors', timeZone: 'Europe/Berlin' },
    'businessId',
  )
  const service = (name: string, more: Json = {}) =>
    made('service.create', { businessId, name, durationMinutes: 60, stepMinutes: 30, ...more }, 'serviceId')
  const [single, approving, group] = [
    await service('Single', { bufferAfterMinutes: 15 }),
    await service('Approving'),
    await service('Group', { capacity: 4, stepMinutes: 60 }),
  ]
  await trpc(
    'service.setBookingRules',
    { businessId, serviceId: approving, requiresApproval: true, decideWithinHours: 24 },
    { staff: true },
  )
  const hours = Object.fromEntries(['1', '2', '3', '4', '5', '6', '7'].map((d) => [d, [['09:00', '17:00']]]))
  const rules = { timeZone: 'Europe/Berlin', weekly: hours, overrides: {} }
  const provider = (name: string) =>
    made('provider.create', { businessId, name, rules, serviceIds: [single, approving, group] }, 'providerId')
  return { businessId, single, approving, group, providers: [await provider('Ada'), await provider('Bo')] }
}

test(
  `${actions} actions of ${actors} people while the worker is killed (seed ${seed})`,
  async () => {
    const house = await openHouse()
    const { businessId } = house
    const bookings: Link[] = []
    const blocks: string[] = []
    const slots: string[] = []
    const places = () => ({
      providerId: oneOf(house.providers) as string,
      serviceId: oneOf([house.single, house.approving, house.group]) as string,
    })
    const day = () =>
      new Date(Date.now() + (1 + Math.floor(dice.next() * 3)) * 86_400_000).toISOString().slice(0, 10)
    const client = () => {
      const n = Math.floor(dice.next() * actors)
      return { name: `Actor ${n}`, email: `actor${n}@example.com` }
    }
    /** A time of one of the next days, free or not: those that are taken are tried as well. */
    async function someTime(at: { providerId: string; serviceId: string }, includeBooked = false) {
      const query = new URLSearchParams({
        serviceId: at.serviceId,
        startDate: day(),
        days: '1',
        includeBooked: String(includeBooked),
      })
      const { data } = await ask(`/api/v1/providers/${at.providerId}/availability?${query}`)
      const days = (data.days ?? []) as { slots: { startTime: string }[] }[]
      return oneOf(days.flatMap((d) => d.slots))?.startTime
    }
    const keep = (data: Json) => bookings.push({ id: String(data.id), token: String(data.manageToken) })

    const visitors: [weight: number, name: string, act: () => Promise<unknown>][] = [
      [
        6,
        'book',
        async () => {
          const at = places()
          const startTime = await someTime(at, dice.next() < 0.3)
          if (!startTime) return
          const made = await ask('/api/v1/bookings', { body: { ...at, startTime, client: client() } })
          if (made.ok) keep(made.data)
        },
      ],
      [
        3,
        'hold and book',
        async () => {
          const at = places()
          const startTime = await someTime(at)
          if (!startTime) return
          const holder = `holder-of-many-${Math.floor(dice.next() * 1e9)}`
          const held = await trpc('hold.place', { ...at, startTime, holder })
          if (!held.ok) return
          const { resourceToken } = await import('@/server/core/crypto')
          const token = resourceToken('hold', String(held.data.id))
          const then = dice.next()
          if (then < 0.2) return
          if (then < 0.4) return trpc('hold.release', { holdId: held.data.id }, { token })
          const made = await trpc(
            'appointment.bookHeld',
            { holdId: held.data.id, client: client() },
            { token },
          )
          if (made.ok) keep(made.data)
        },
      ],
      [
        2,
        'cancel',
        async () => {
          const one = oneOf(bookings)
          if (one) await ask(`/api/v1/bookings/${one.id}/cancel`, { body: {}, token: one.token })
        },
      ],
      [
        2,
        'move',
        async () => {
          const one = oneOf(bookings)
          if (!one) return
          const { data } = await ask(`/api/v1/bookings/${one.id}`, { token: one.token })
          const at = { providerId: String(data.providerId), serviceId: String(data.serviceId) }
          const startTime = await someTime(at, dice.next() < 0.3)
          if (startTime)
            await ask(`/api/v1/bookings/${one.id}/reschedule`, { body: { startTime }, token: one.token })
        },
      ],
      [
        2,
        'wait',
        async () => {
          const { providerId, serviceId } = places()
          const startTime = await someTime({ providerId, serviceId }, true)
          if (!startTime) return
          const wish = { kind: 'time', providerId, startTime }
          await trpc('waitlist.join', { serviceId, wish, client: client() })
        },
      ],
      [
        2,
        'take or leave the place',
        async () => {
          const input = encodeURIComponent(JSON.stringify({ businessId }))
          const listed = await ask(`/api/trpc/waitlist.list?input=${input}`, { staff: true })
          const one = oneOf((listed.data.entries ?? []) as { id: string }[])
          if (!one) return
          const what = dice.next() < 0.7 ? 'waitlist.accept' : 'waitlist.leave'
          await trpc(what, { id: one.id }, { staff: true })
        },
      ],
      [
        1,
        'several',
        async () => {
          const at = places()
          const times = new Set([await someTime(at), await someTime(at), await someTime(at, true)])
          const items = [...times].filter(Boolean).map((startTime) => ({ ...at, startTime }))
          if (items.length === 0) return
          const made = await trpc('appointment.bookSeveral', { items, client: client() })
          if (made.ok) for (const one of made.data.bookings as Json[]) keep(one)
        },
      ],
    ]
    const staffs: typeof visitors = [
      [3, 'approve', () => onOne('appointment.approve')],
      [1, 'decline', () => onOne('appointment.decline')],
      [1, 'staff cancels', () => onOne('appointment.cancel')],
      [1, 'undo', () => onOne('appointment.undo')],
      [
        1,
        'block',
        async () => {
          const providerId = oneOf(house.providers)
          const from = Date.parse(
            `${day()}T${String(8 + Math.floor(dice.next() * 8)).padStart(2, '0')}:00:00Z`,
          )
          const times = {
            startTime: new Date(from).toISOString(),
            endTime: new Date(from + 3_600_000).toISOString(),
          }
          const made = await trpc('calendar.block', { businessId, providerId, ...times }, { staff: true })
          if (made.ok) blocks.push(String(made.data.blockId))
        },
      ],
      [
        1,
        'unblock',
        async () => {
          const blockId = oneOf(blocks)
          if (blockId) await trpc('calendar.unblock', { businessId, blockId }, { staff: true })
        },
      ],
      [
        1,
        'write a slot',
        async () => {
          const startTime = `${day()}T${String(16 + Math.floor(dice.next() * 3))}:30:00Z`
          const at = { providerId: oneOf(house.providers), serviceId: house.group }
          const made = await trpc(
            'slot.create',
            { businessId, ...at, startTime, maxBookings: 3 },
            { staff: true },
          )
          if (made.ok) slots.push(String(made.data.slotId))
        },
      ],
      [
        1,
        'delete a slot',
        async () => {
          const slotId = oneOf(slots)
          if (slotId) await trpc('slot.delete', { businessId, slotId }, { staff: true })
        },
      ],
    ]
    async function onOne(path: string) {
      const one = oneOf(bookings.slice(-40))
      if (one) await trpc(path, { id: one.id }, { staff: true })
    }

    const drawn = [...visitors, ...staffs].flatMap((a) => Array.from({ length: a[0] }, () => a))
    let left = actions
    const person = async () => {
      while (left-- > 0) await oneOf(drawn)?.[2]()
    }
    let over = false
    const killer = (async () => {
      while (!over) {
        await new Promise((resolve) => setTimeout(resolve, 1500 + dice.next() * 4000))
        if (!over) await app.workers[0]?.restart()
      }
    })()
    await Promise.all(Array.from({ length: actors }, person))
    over = true
    await killer
    const done = Object.values(tally).reduce((sum, n) => sum + n, 0)
    console.log(`${done} answers`, Object.fromEntries(Object.entries(tally).sort(([, a], [, b]) => b - a)))
    expect(faults).toEqual([])
    expect(bookings.length).toBeGreaterThan(actions / 20)
    await assertInvariants(app.owner, { drained: subscriptions, withinMs: 120_000 })
  },
  soak ? 3_600_000 : 300_000,
)
