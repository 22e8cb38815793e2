/** An answer that was not one, in the server's words. */
export class ApiError extends Error {
  override name = 'ApiError'
  constructor(
    readonly status: number,
    readonly problem: { code?: string; title?: string; detail?: string } & Record<string, unknown>,
  ) {
    super(problem.detail ?? problem.title ?? `The server answered ${status}.`)
  }
}

const known = new Map<string, { etag: string; data: unknown }>()
const mostKnown = 200

/** What the page came with, so that asking again costs no body. */
export function remember(url: string, etag: string, data: unknown): void {
  known.delete(url)
  known.set(url, { etag, data })
  if (known.size > mostKnown) known.delete(known.keys().next().value as string)
}

/** Reads JSON by its ETag: unchanged, it is the very object that was read before, so nothing is drawn again. */
export async function fetchIfChanged<T>(url: string, signal?: AbortSignal): Promise<T> {
  const before = known.get(url)
  const headers: Record<string, string> = { accept: 'application/json' }
  if (before) headers['if-none-match'] = before.etag
  // The browser's own cache would turn a 304 into a 200 with the old body.
  const answer = await fetch(url, { headers, signal, cache: 'no-store' })
  if (answer.status === 304 && before) return before.data as T
  if (!answer.ok) throw new ApiError(answer.status, await answer.json().catch(() => ({})))
  const data = (await answer.json()) as T
  const etag = answer.headers.get('etag')
  if (etag) remember(url, etag, data)
  else known.delete(url)
  return data
}
