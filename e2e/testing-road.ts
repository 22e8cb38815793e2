import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the way to the server lets through: everything, everything but streams, or nothing. */
type State = 'open' | 'without streams' | 'closed'

export type Road = { url: string; be(state: State): void; end(): Promise<void> }

/** A way to the server that can be cut while somebody is on it. */
export async function openRoad(to: string): Promise<Road> {
  let state: State = 'open'
  const travelling = new Set<{ path: string; cut(): void }>()
  const passes = (path: string) =>
    state === 'open' || (state === 'without streams' && !path.startsWith('/api/live'))
  const carry = (from: IncomingMessage, answer: ServerResponse) => {
    const path = from.url ?? ''
    if (!passes(path)) {
      if (state === 'closed') return void from.socket.destroy()
      return void answer.writeHead(503, { 'content-type': 'application/problem+json' }).end('{}')
    }
    const there = request(new URL(path, to), { method: from.method, headers: from.headers }, (theirs) => {
      answer.writeHead(theirs.statusCode ?? 502, theirs.headers)
      theirs.pipe(answer)
    })
    const trip = { path, cut: () => from.socket.destroy() }
    travelling.add(trip)
    answer.on('close', () => {
      travelling.delete(trip)
      there.destroy()
    })
    there.on('error', trip.cut)
    from.pipe(there)
  }
  const server = createServer(carry)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    be(next) {
      state = next
      for (const trip of travelling) if (!passes(trip.path)) trip.cut()
    },
    end: () =>
      new Promise((resolve) => {
        for (const trip of travelling) trip.cut()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
