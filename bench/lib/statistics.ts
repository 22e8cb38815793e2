/** The value below which the share `p` of the sample lies. */
export function percentile(sample: readonly number[] | Float64Array, p: number): number {
  if (sample.length === 0) return Number.NaN
  const sorted = Float64Array.from(sample).sort()
  return sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)] as number
}

export const median = (sample: readonly number[]): number => {
  const sorted = [...sample].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

/** A B C, A B C, …: what disturbs the machine for a while disturbs all of them. The first round only warms up. */
export async function interleaved<K extends string, R>(
  rounds: number,
  contenders: Record<K, (round: number) => Promise<R>>,
): Promise<Record<K, R[]>> {
  const names = Object.keys(contenders) as K[]
  const results = Object.fromEntries(names.map((name) => [name, [] as R[]])) as Record<K, R[]>
  for (let round = 0; round <= rounds; round++)
    for (const name of names) {
      const result = await contenders[name](round)
      if (round > 0) results[name].push(result)
    }
  return results
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

export async function until(holds: () => boolean | Promise<boolean>, ms: number, what: string, every = 50) {
  for (const end = Date.now() + ms; !(await holds()); await pause(every))
    if (Date.now() > end) throw new Error(`waited ${Math.round(ms / 1000)} s in vain for ${what}`)
}
