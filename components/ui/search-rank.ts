/** How well a text answers what is typed: every word must begin a word of it, or stand in it. 0 is not at all. */
export function rank(text: string, typed: string): number {
  const plain = fold(text)
  const words = fold(typed).split(/\s+/).filter(Boolean)
  let score = 1
  for (const word of words) {
    const at = plain.indexOf(word)
    if (at < 0) return 0
    score += at === 0 ? 4 : new RegExp(`[^\\p{L}\\p{N}]${literal(word)}`, 'u').test(plain) ? 2 : 0.5
  }
  return score
}

/** The best first; those that are as good stay in their order. */
export function ranked<T>(all: readonly T[], typed: string, textOf: (one: T) => string): T[] {
  return all
    .map((one) => ({ one, score: rank(textOf(one), typed) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ one }) => one)
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase()
const literal = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
