import { randomBytes } from 'node:crypto'
import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'

const tracer = () => trace.getTracer('slotwise')

/** One span around a piece of work; its failure is recorded where it happened. */
export function traced<T>(
  name: string,
  attributes: Record<string, string | number>,
  work: (span: Span) => Promise<T>,
  parent?: string | null,
): Promise<T> {
  const from = parent ? propagation.extract(context.active(), { traceparent: parent }) : context.active()
  return tracer().startActiveSpan(name, { kind: SpanKind.INTERNAL, attributes }, from, async (span) => {
    try {
      return await work(span)
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' })
      throw error
    } finally {
      span.end()
    }
  })
}

const wellFormed = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/

export const isTraceparent = (text: string | null | undefined): text is string => wellFormed.test(text ?? '')

/** The trace to write into an event: the active span's, else the caller's, else a new one, so that a chain always has one. */
export function traceparent(given?: string | null): string {
  const active = trace.getActiveSpan()?.spanContext()
  if (active && trace.isSpanContextValid(active))
    return `00-${active.traceId}-${active.spanId}-${active.traceFlags.toString(16).padStart(2, '0')}`
  if (isTraceparent(given)) return given
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`
}
