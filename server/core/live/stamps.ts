/**
 * When each topic last changed, as a counter that only rises: equal stamps mean that nothing happened between. Topics
 * beyond the cap are forgotten, oldest first; asking for a forgotten one may say "changed" too often, never too seldom.
 */
export class Stamps {
  private readonly last = new Map<string, number>()
  private count = 0
  private floor = 0

  constructor(private readonly cap = 50_000) {}

  /** Later than every stamp given so far, and not later than the next. */
  get now(): number {
    return this.count
  }

  of(topic: string): number {
    return this.last.get(topic) ?? this.floor
  }

  bump(topic: string): void {
    this.last.delete(topic)
    this.last.set(topic, ++this.count)
    if (this.last.size <= this.cap) return
    for (const [oldest, stamp] of this.last) {
      this.last.delete(oldest)
      this.floor = stamp
      break
    }
  }

  bumpAll(): void {
    this.last.clear()
    this.floor = ++this.count
  }
}
