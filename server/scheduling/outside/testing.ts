import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A calendar elsewhere: what it says and how it behaves can be changed meanwhile. */
export type Elsewhere = {
  url: string
  /** As it is handed out; null where it is gone. */
  file: string | null
  status: number
  etag: string | null
  /** How often it was asked, and how often it had nothing new to say. */
  asked: number
  unchanged: number
  stop(): Promise<void>
}

export async function elsewhere(file: string): Promise<Elsewhere> {
  const server: Server = createServer((request, response) => {
    there.asked++
    const same = there.etag !== null && request.headers['if-none-match'] === there.etag
    if (same) there.unchanged++
    const status = same ? 304 : there.file === null ? 404 : there.status
    response.writeHead(status, there.etag ? { etag: there.etag } : {})
    response.end(status === 200 ? there.file : undefined)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const there: Elsewhere = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/calendar.ics`,
    file,
    status: 200,
    etag: null,
    asked: 0,
    unchanged: 0,
    stop: () => {
      server.closeAllConnections()
      return new Promise((done) => server.close(() => done()))
    },
  }
  return there
}

const utc = (instant: string) => new Date(instant).toISOString().replace(/[-:]|\.\d{3}/g, '')

/** A file that is busy at these times, whatever for. */
export const busyAt = (...times: readonly [from: string, to: string][]): string =>
  [
    'BEGIN:VCALENDAR',
    ...times.flatMap(([from, to], n) => [
      'BEGIN:VEVENT',
      `UID:${n}@elsewhere`,
      'SUMMARY:Nobody here may know what this is about',
      `DTSTART:${utc(from)}`,
      `DTEND:${utc(to)}`,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ].join('\r\n')
