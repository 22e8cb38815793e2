'use client'

import { hashKey, type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useLive } from './live'

/** Reads again what these topics concern, whenever they say that it changed. */
export function useLiveQueries(
  topics: readonly string[],
  keys: readonly QueryKey[],
  tokens: readonly string[] = [],
): void {
  const queries = useQueryClient()
  const refresh = () => refresherOf(queries).add(keys)
  useLive(topics, refresh, refresh, tokens)
}

const coalesceMs = 100
/** Everybody hears at once; they need not all ask at once. */
const jitterMs = 300

export class Refresher {
  private readonly due = new Map<string, QueryKey>()
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly queries: QueryClient) {}

  add(keys: readonly QueryKey[]): void {
    for (const key of keys) this.due.set(hashKey(key), key)
    this.timer ??= setTimeout(this.flush, coalesceMs + Math.random() * jitterMs)
  }

  /** Nobody looks at a hidden page: it catches up when somebody does. */
  private readonly flush = (): void => {
    if (globalThis.document?.visibilityState === 'hidden') {
      document.addEventListener('visibilitychange', this.flush, { once: true })
      return
    }
    this.timer = undefined
    const keys = [...this.due.values()]
    this.due.clear()
    for (const queryKey of keys) void this.queries.invalidateQueries({ queryKey })
  }
}

const refreshers = new WeakMap<QueryClient, Refresher>()

function refresherOf(queries: QueryClient): Refresher {
  const known = refreshers.get(queries) ?? new Refresher(queries)
  refreshers.set(queries, known)
  return known
}
