import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { trace } from '@opentelemetry/api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { testWorld } from '@/db/testing-world'
import { config } from './config'
import { startTracing } from './tracing'

let db: TestDatabase
const received: { path: string | undefined; body: string }[] = []
const collector = createServer((req, res) => {
  const parts: Buffer[] = []
  req.on('data', (part: Buffer) => parts.push(part))
  req.on('end', () => {
    received.push({ path: req.url, body: Buffer.concat(parts).toString('latin1') })
    res.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
})

beforeAll(async () => {
  db = await testDatabase()
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve))
  const { port } = collector.address() as AddressInfo
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${port}`
  globalThis.__slotwise_config = undefined
  config()
})
afterAll(async () => {
  collector.close()
  await db.drop()
})

test('a command’s span goes to the endpoint, and its trace is the one its events carry', async () => {
  startTracing('slotwise-test')
  const world = await testWorld()
  const provider = trace.getTracerProvider() as unknown as { getDelegate?(): { forceFlush(): Promise<void> } }
  await (provider.getDelegate?.() ?? (provider as unknown as { forceFlush(): Promise<void> })).forceFlush()
  expect(received.length).toBeGreaterThan(0)
  expect(received[0]?.path).toBe('/v1/traces')
  const all = received.map((r) => r.body).join('')
  expect(all).toContain('business.service.create')
  const [event] = await db.owner<{ traceparent: string }[]>`
    select traceparent from event_log where tenant_id = ${world.businessId} and type = 'business.service.created.v1'`
  const [, traceId = ''] = event?.traceparent.split('-') ?? []
  const asBytes = Buffer.from(traceId, 'hex').toString('latin1')
  expect(all.includes(traceId) || all.includes(asBytes)).toBe(true)
  expect(all).not.toContain('Test House')
})
