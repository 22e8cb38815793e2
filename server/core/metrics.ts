import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** One registry a process: route bundles hold copies of this module, and all must count in the same place. */
type Shared = { __slotwise_metrics?: Registry }

export const registry: Registry = (() => {
  const holder = globalThis as Shared
  if (!holder.__slotwise_metrics) {
    holder.__slotwise_metrics = new Registry()
    collectDefaultMetrics({ register: holder.__slotwise_metrics })
  }
  return holder.__slotwise_metrics
})()

const existing = <M>(name: string, make: () => M): M =>
  (registry.getSingleMetric(name) as M | undefined) ?? make()

const counter = (name: string, help: string, labelNames: string[] = []) =>
  existing(name, () => new Counter({ name, help, labelNames, registers: [registry] }))
const gauge = (name: string, help: string, labelNames: string[] = []) =>
  existing(name, () => new Gauge({ name, help, labelNames, registers: [registry] }))
const histogram = (name: string, help: string, labelNames: string[] = []) =>
  existing(name, () => new Histogram({ name, help, labelNames, registers: [registry], buckets }))

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export const commandSeconds = histogram('command_seconds', 'How long a command took', ['name', 'outcome'])
export const commandRetries = counter('command_retries_total', 'Transactions tried again', ['name', 'reason'])
export const eventsAppended = counter('events_appended_total', 'Events appended', ['type'])
export const unknownEvents = counter('events_unknown_total', 'Events of a type this build does not know', [
  'type',
])
export const handlingSeconds = histogram('handling_seconds', 'How long a handler took', [
  'handler',
  'outcome',
])
export const handlingFailures = counter('handling_failures_total', 'Handlings that failed', ['handler'])
export const deadLetters = counter('dead_letters_total', 'Events a handler gave up on', ['handler'])
export const dispatched = counter('events_dispatched_total', 'Events handed to the queues')
export const readerLag = gauge('log_reader_lag_seconds', 'Age of the oldest event a reader has not seen', [
  'reader',
])
export const horizonAge = gauge('log_horizon_age_seconds', 'Age of the oldest running write transaction')
export const strays = gauge('log_default_partition_events', 'Events that no partition was made for', [
  'retention',
])
export const queueDepth = gauge('queue_jobs', 'Jobs by queue and state', ['queue', 'state'])
export const liveStreams = gauge('live_streams', 'Open event streams')
export const liveFrames = counter('live_frames_total', 'Frames written to streams')
export const liveResets = counter('live_resets_total', 'Streams told to start over', ['reason'])
export const rateLimited = counter('rate_limited_total', 'Requests refused for their number', ['limit'])
