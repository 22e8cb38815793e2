/** Sends a statement now: drizzle's waits until somebody waits for it, and the next one would overtake it. */
export const sent = <T>(statement: PromiseLike<T>): Promise<T> =>
  statement.then((answer) => answer) as Promise<T>

/**
 * Like `Promise.all`, but nothing is under way any more when it throws: a statement sent late would meet somebody else's
 * transaction on its connection. Of several failures the first in the list is told.
 */
export async function allSettled<T extends readonly unknown[]>(
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const results = await Promise.allSettled(work)
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
  return results.map((result) => (result as PromiseFulfilledResult<unknown>).value) as never
}
