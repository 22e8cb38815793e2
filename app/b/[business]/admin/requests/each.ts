import { isRefusal } from '@/server/core/errors'

const most = 100

/** Those with which it worked. What somebody else was faster with is left out; it is not a mistake. */
export async function eachOf(
  ids: readonly string[],
  work: (id: string) => Promise<unknown>,
): Promise<string[]> {
  const done: string[] = []
  for (const id of ids.slice(0, most)) {
    try {
      await work(id)
      done.push(id)
    } catch (error) {
      if (!isRefusal(error) || !['conflict', 'not_found', 'malformed'].includes(error.kind)) throw error
    }
  }
  return done
}
