import { freePort } from '@/db/embedded-host'
import { testWorld, type World } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { newId } from '@/server/core/id'
import { type Child, residentOf } from './lib/child'
import { type Bench, below, measure } from './lib/measure'
import type { Stage } from './lib/stage'
import { median, pause, percentile } from './lib/statistics'
import type { Arrivals } from './processes/streams'

const streams = 1000
const each = 15
const everyMs = 300

export const liveLatency: Bench = {
  name: 'live.latency',
  about: `from the commit of a booking to its frame at ${streams} open streams of that provider; \`.elsewhere\`: committed by another process`,
  floor: 'a bare server that writes the same frame to as many streams from memory',
  async run(stage) {
    await stage.clear()
    const database = await stage.database('live')
    const world = await testWorld()
    const web = await stage.web(database, { collects: true })
    const { url: bareUrl, bare } = await bareServer(stage)
    const readers = await stage.child('streams', 'bench/streams.mjs').ready()
    const path = `/api/v1/providers/${world.providerId}/live`
    // The first streams and bookings pay for what is loaded once; they are not among the thousand.
    await readers.peer.ask('open', { url: web.url, path, count: 20 })
    for (const clock of ['08:00', '09:00', '10:00']) await bookThere(web.url, world, world.at(1, clock))
    await readers.peer.ask('close')
    const memory = {
      app: await opened(readers, web, web.url, path),
      bare: await opened(readers, bare, bareUrl, '/'),
    }

    const here: string[] = []
    const wrote: [id: string, at: number][] = []
    const elsewhere: string[] = []
    for (let n = 0; n < each; n++) {
      const clock = `${String(8 + (n % 12)).padStart(2, '0')}:00`
      here.push(await bookThere(web.url, world, world.at(2 + Math.floor(n / 12), clock)))
      await pause(everyMs)
      const id = String(n)
      wrote.push([id, await bare.peer.ask<number>('write', sampleFrame(id))])
      await pause(everyMs)
      elsewhere.push(await bookHere(world, world.at(10 + Math.floor(n / 12), clock)))
      await pause(everyMs)
    }
    await pause(1000)

    const arrived = await readers.peer.ask<Arrivals>('arrivals', { url: web.url })
    const commits = await database.owner<{ booking: string; xid: string; at: number }[]>`
      select data ->> 'bookingId' as booking, xid::text as xid, extract(epoch from pg_xact_commit_timestamp(xid::text::xid))::float8 * 1000 as at
      from event_log where type = 'scheduling.calendar.availability_changed.v1'`
    const delays = (bookings: string[]) =>
      commits
        .filter(({ booking }) => bookings.includes(booking))
        .flatMap(({ xid, at }) => (arrived.get(xid) ?? []).map((time) => time - at))
    const straight = await readers.peer.ask<Arrivals>('arrivals', { url: bareUrl })
    const floor = percentile(
      wrote.flatMap(([id, at]) => (straight.get(id) ?? []).map((time) => time - at)),
      0.95,
    )
    const [ours, others] = [delays(here), delays(elsewhere)]
    const complete = ours.length === each * streams && others.length === each * streams
    if (!complete) stage.say(`frames that arrived: ${ours.length} and ${others.length} of ${each * streams}`)
    const goal = below(150, 'ms')
    return [
      measure('live.latency', { value: percentile(ours, 0.95), unit: 'ms', floor, goal, and: complete }),
      measure('live.latency.p50', { value: percentile(ours, 0.5), unit: 'ms' }),
      measure('live.latency.elsewhere', {
        value: percentile(others, 0.95),
        unit: 'ms',
        floor,
        goal,
        and: complete,
      }),
      measure('live.memory', {
        value: memory.app,
        unit: 'MB/100 streams',
        floor: memory.bare,
        goal: below(4, 'MB'),
      }),
    ]
  },
}

async function bareServer(stage: Stage): Promise<{ bare: Child; url: string }> {
  const PORT = String(await freePort())
  const bare = await stage.child('frames', 'bench/frames.mjs', { PORT }, { collects: true }).ready()
  return { bare, url: `http://127.0.0.1:${PORT}` }
}

/**
 * Opens the streams; what each hundred of them added to the memory of the server, in MB. Garbage is collected before
 * both readings: what an idle process gives back meanwhile is more than a thousand streams take.
 */
async function opened(readers: Child, server: Child, url: string, path: string): Promise<number> {
  const before = await settledMemory(server)
  await readers.peer.ask('open', { url, path, count: streams })
  return ((await settledMemory(server)) - before) / 1e6 / (streams / 100)
}

async function settledMemory(server: Child): Promise<number> {
  const readings: number[] = []
  for (let n = 0; n < 3; n++) {
    server.signal('SIGUSR2')
    await pause(1000)
    readings.push(residentOf(server.pid))
  }
  return median(readings)
}

const bookingBy = (world: World, startTime: string) => ({
  providerId: world.providerId,
  serviceId: world.serviceId,
  startTime,
  client: { name: 'Somebody New', email: `${newId()}@example.com` },
})

async function bookThere(url: string, world: World, startTime: string): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify(bookingBy(world, startTime))
  const answer = await fetch(`${url}/api/v1/bookings`, { method: 'POST', headers, body })
  const text = await answer.text()
  if (answer.status !== 201) throw new Error(`booking answers ${answer.status}: ${text}`)
  return (JSON.parse(text) as { id: string }).id
}

const bookHere = async (world: World, startTime: string): Promise<string> =>
  (await bookAppointment.execute(bookingBy(world, startTime), newCall(anonymous))).id

/** As long as the app's own. */
const sampleFrame = (id: string): string => {
  const data = {
    date: '2027-01-01',
    startTime: '2027-01-01T09:00:00Z',
    endTime: '2027-01-01T10:00:00Z',
    newStatus: 'booked',
  }
  return `id: 1.${id}.1\nevent: availability\ndata: ${JSON.stringify(data)}\n\n`
}
