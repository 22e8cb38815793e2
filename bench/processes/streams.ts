import { connect, type Socket } from 'node:net'
import { serve } from '../lib/rpc'
import { until } from '../lib/statistics'

/** Readers of event streams: when which frame reached each of them, by the clock on the wall. */
export type Open = { url: string; path: string; count: number }

/** Arrivals by the number in the middle of a frame's id. */
export type Arrivals = Map<string, number[]>

const frame = /id: \d+\.(\d+)\.\d+\nevent: availability\n/g
const sockets = new Map<string, Socket[]>()
const arrived = new Map<string, Arrivals>()
const wallClock = () => performance.timeOrigin + performance.now()

/** Resolves once every reader has been greeted. */
async function open({ url, path, count }: Open): Promise<void> {
  const { hostname, port, host } = new URL(url)
  const arrivals: Arrivals = new Map()
  const readers: Socket[] = []
  arrived.set(url, arrivals)
  sockets.set(url, readers)
  let greeted = 0
  for (let n = 0; n < count; n++) {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    let rest = ''
    let head = true
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      const at = wallClock()
      const text = rest + chunk.toString('latin1')
      if (head && text.includes('\n\n')) {
        if (!text.startsWith('HTTP/1.1 200')) throw new Error(`a stream answered ${text.slice(0, 300)}`)
        head = false
        greeted++
      }
      for (const [, id = ''] of text.matchAll(frame)) {
        const times = arrivals.get(id) ?? []
        times.push(at)
        arrivals.set(id, times)
      }
      rest = head ? text : text.slice(text.lastIndexOf('\n\n') + 2)
    })
    socket.write(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\naccept: text/event-stream\r\n\r\n`)
    readers.push(socket)
    // A server's queue of new connections is finite, as are the people who arrive in the same instant.
    if (n % 50 === 49) await until(() => greeted >= n - 50, 20_000, 'the streams to open', 5)
  }
  await until(() => greeted === count, 20_000, 'the streams to open')
}

const arrivals = ({ url }: { url: string }): Arrivals => arrived.get(url) ?? new Map()

function close(): void {
  for (const socket of [...sockets.values()].flat()) socket.destroy()
  sockets.clear()
}

serve({ open, arrivals, close })
