type Sized<V> = { value: V; bytes: number }

/** The newest of what was worth keeping: no more than so many, and no more than fits into so many bytes. */
export class Newest<V> {
  private readonly kept = new Map<string, Sized<V>>()
  bytes = 0

  constructor(
    private readonly most: { entries: number; bytes: number },
    private readonly bytesOf: (value: V) => number,
  ) {}

  get size(): number {
    return this.kept.size
  }

  get(key: string): V | undefined {
    return this.kept.get(key)?.value
  }

  set(key: string, value: V): void {
    this.drop(key)
    const bytes = overhead + 2 * key.length + this.bytesOf(value)
    if (bytes > this.most.bytes) return
    this.kept.set(key, { value, bytes })
    this.bytes += bytes
    if (this.isOver(1)) this.makeRoom()
  }

  /** A good part at once, so that it is seldom done. */
  private makeRoom(): void {
    for (const key of this.kept.keys()) {
      if (!this.isOver(3 / 4)) return
      this.drop(key)
    }
  }

  private isOver(part: number): boolean {
    return this.kept.size > this.most.entries * part || this.bytes > this.most.bytes * part
  }

  private drop(key: string): void {
    this.bytes -= this.kept.get(key)?.bytes ?? 0
    this.kept.delete(key)
  }
}

/** What an entry weighs besides what is in it. */
const overhead = 500
