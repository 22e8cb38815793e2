/**
 * One tab of a browser profile leads: it holds the lock, and when it goes, another gets it. Where the browser has no
 * locks or channels, every tab leads for itself.
 */
export type Tabs<M> = {
  post(message: M): void
  /** Takes the lead from a tab that has gone silent, frozen perhaps. */
  seize(): void
  leave(): void
}

export function joinTabs<M>(
  name: string,
  on: { message(message: M): void; lead(): void; follow(): void },
): Tabs<M> {
  const shared = typeof BroadcastChannel === 'function' && !!globalThis.navigator?.locks
  if (!shared) {
    let left = false
    queueMicrotask(() => left || on.lead())
    return {
      post: () => {},
      seize: () => {},
      leave() {
        left = true
        on.follow()
      },
    }
  }
  const channel = new BroadcastChannel(name)
  channel.onmessage = (event: MessageEvent<M>) => on.message(event.data)
  let left = false
  let release = () => {}
  let waiting = new AbortController()

  function queue(steal: boolean): void {
    waiting.abort()
    waiting = new AbortController()
    const { signal } = waiting
    const hold = () =>
      new Promise<void>((resolve) => {
        if (left) return resolve()
        release = resolve
        on.lead()
      })
    navigator.locks.request(name, steal ? { steal } : { signal }, hold).catch((error: Error) => {
      // Given up on our own account, or stolen by a tab that thought us dead.
      if (left || error.name !== 'AbortError' || signal.aborted) return
      on.follow()
      queue(false)
    })
  }
  queue(false)

  return {
    post: (message) => channel.postMessage(message),
    seize: () => queue(true),
    leave() {
      left = true
      waiting.abort()
      release()
      on.follow()
      channel.close()
    },
  }
}
