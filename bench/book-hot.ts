import { testWorld } from '@/db/testing-world'
import { newId } from '@/server/core/id'
import { settled } from './lib/backlog'
import { generator, house } from './lib/house'
import { type Bench, below, measure } from './lib/measure'
import type { Rushed } from './processes/load'

const clients = 200
const rushes = 3

export const bookHot: Bench = {
  name: 'book.hot',
  about: `${clients} clients at once for one time of one seat, and of five: exactly as many succeed, nobody gets a 5xx; the longest wait`,
  floor: 'none',
  async run(stage) {
    const { database, web } = await house(stage)
    const load = await generator(stage)
    const measures = []
    for (const seats of [1, 5]) {
      const world = await testWorld({ capacity: seats })
      let longest = 0
      let right = true
      for (let rush = 1; rush <= rushes; rush++) {
        const startTime = world.at(rush, '10:00')
        const asks = Array.from({ length: clients }, (_, n) => ({
          method: 'POST',
          path: '/api/v1/bookings',
          headers: { 'idempotency-key': newId() },
          body: JSON.stringify({
            providerId: world.providerId,
            serviceId: world.serviceId,
            startTime,
            client: { name: `Client ${n}`, email: `${newId()}@example.com` },
          }),
        }))
        const { statuses, max } = await load.peer.ask<Rushed>('rush', { url: web.url, asks })
        const [there] = await database.owner<{ seats: number }[]>`
          select coalesce(sum(seats), 0)::int as seats from appointment
          where provider_id = ${world.providerId} and starts_at = ${startTime} and status in ('pending', 'confirmed')`
        right &&= statuses[201] === seats && statuses[409] === clients - seats && there?.seats === seats
        if (!right)
          stage.say(`one time of ${seats} seats: ${JSON.stringify(statuses)}, ${there?.seats} seats taken`)
        longest = Math.max(longest, max)
        await settled(database)
      }
      const name = seats === 1 ? 'book.hot' : `book.hot.${seats}-seats`
      measures.push(measure(name, { value: longest, unit: 'ms', goal: below(2000, 'ms'), and: right }))
    }
    return measures
  },
}
