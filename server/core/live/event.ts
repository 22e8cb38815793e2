import { type Actor, mayRead } from '../actor'
import { type EventDefinition, type Position, upcast } from '../events'
import { unknownEvents } from '../metrics'
import type { FeedRow } from './feed'
import { eventFrame, type Frame } from './frame'

/** What one kind of stream says of an event; null says nothing. */
export type Render = (event: {
  type: string
  aggregateId: string
  version: number
  topics: readonly string[]
  data: Readonly<Record<string, unknown>>
}) => { event: string; data: unknown } | null

type Readable = Omit<FeedRow, 'recorded_at'>

/** An event on its way to streams: judged by its newest definition, rendered once for each kind of stream. */
export class LiveEvent {
  private readonly frames = new Map<Render, Frame | null>()
  private readonly about: { tenantId: string; aggregateId: string; subjectId: string | null }

  private constructor(
    private readonly row: Readable,
    private readonly definition: EventDefinition,
    private readonly data: Record<string, unknown>,
  ) {
    const subjectId = definition.subject?.(data) ?? null
    this.about = { tenantId: row.tenant_id, aggregateId: row.aggregate_id, subjectId }
  }

  /** Null for a type this build does not know: nobody can be shown to have the right to it. */
  static of(row: Readable): LiveEvent | null {
    const lifted = upcast(row.type, row.data)
    if (lifted) return new LiveEvent(row, lifted.definition, lifted.data)
    unknownEvents.inc({ type: row.type })
    return null
  }

  get position(): Position {
    return this.row
  }

  get topics(): readonly string[] {
    return this.row.topics
  }

  readableBy(viewers: readonly Actor[]): boolean {
    return viewers.some((viewer) => mayRead(viewer, this.definition, this.about))
  }

  frame(render: Render): Frame | null {
    const made = this.frames.get(render)
    if (made !== undefined) return made
    const said = render({
      type: this.definition.type,
      aggregateId: this.row.aggregate_id,
      version: this.row.version,
      topics: this.row.topics,
      data: this.data,
    })
    const frame = said && eventFrame(said.event, said.data, this.row)
    this.frames.set(render, frame)
    return frame
  }
}
