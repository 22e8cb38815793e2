import { relaySql } from '@/db/client'
import { logger } from '../logger'

/**
 * Says that the log grew. In this process at once; to the others by at most one NOTIFY in 25 ms, outside every
 * transaction, since a NOTIFY inside one makes all commits queue behind a lock.
 */
type Listener = (topics: readonly string[]) => void
type Pokes = { listeners: Set<Listener>; timer: NodeJS.Timeout | null; notifiedAt: number }
type Shared = { __slotwise_pokes?: Pokes }

const shared = () => {
  const holder = globalThis as Shared
  holder.__slotwise_pokes ??= { listeners: new Set(), timer: null, notifiedAt: 0 }
  return holder.__slotwise_pokes
}

export const pokeChannel = 'event_log'

export function onPoke(listener: Listener): () => void {
  shared().listeners.add(listener)
  return () => shared().listeners.delete(listener)
}

export function poke(topics: readonly string[]): void {
  const state = shared()
  for (const listener of state.listeners) listener(topics)
  state.timer ??= setTimeout(
    () => {
      state.timer = null
      state.notifiedAt = performance.now()
      relaySql()
        .notify(pokeChannel, '')
        .catch((error: unknown) => logger().debug({ err: error }, 'poke lost; the poll will find it'))
    },
    Math.max(0, state.notifiedAt + pokeEveryMs - performance.now()),
  )
  state.timer.unref?.()
}

const pokeEveryMs = 25
