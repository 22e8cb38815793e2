import { liveStreams } from '../metrics'
import type { Stream } from './stream'

/** Who is connected: by topic, by person, and counted against their caps. */
export class Roster implements Iterable<Stream> {
  private readonly streams = new Set<Stream>()
  private readonly topics = new Map<string, Set<Stream>>()
  private readonly people = new Map<string, Set<Stream>>()
  private readonly counts = new Map<string, number>()

  get size(): number {
    return this.streams.size
  }

  [Symbol.iterator](): Iterator<Stream> {
    return this.streams.values()
  }

  following(topic: string): Iterable<Stream> {
    return this.topics.get(topic) ?? []
  }

  follows(topics: readonly string[]): boolean {
    return topics.some((topic) => this.topics.has(topic))
  }

  of(userId: string): Iterable<Stream> {
    return this.people.get(userId) ?? []
  }

  counted(name: string): number {
    return this.counts.get(name) ?? 0
  }

  add(stream: Stream): void {
    const { countedAs, topics } = stream.subscription
    this.streams.add(stream)
    this.counts.set(countedAs.name, this.counted(countedAs.name) + 1)
    for (const topic of topics) put(this.topics, topic, stream)
    if (stream.userId) put(this.people, stream.userId, stream)
    liveStreams.set(this.size)
  }

  remove(stream: Stream): void {
    if (!this.streams.delete(stream)) return
    const { countedAs, topics } = stream.subscription
    const left = this.counted(countedAs.name) - 1
    if (left > 0) this.counts.set(countedAs.name, left)
    else this.counts.delete(countedAs.name)
    for (const topic of topics) take(this.topics, topic, stream)
    if (stream.userId) take(this.people, stream.userId, stream)
    liveStreams.set(this.size)
  }
}

type Index = Map<string, Set<Stream>>

function put(index: Index, key: string, stream: Stream): void {
  const there = index.get(key)
  if (there) there.add(stream)
  else index.set(key, new Set([stream]))
}

function take(index: Index, key: string, stream: Stream): void {
  const there = index.get(key)
  if (there?.delete(stream) && there.size === 0) index.delete(key)
}
