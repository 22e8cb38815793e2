type Hook = () => void | Promise<void>

/** Bundles hold several copies of this module in one process, hence the globals. */
declare global {
  var __slotwise_shutdown: Set<Hook> | undefined
  var __slotwise_after_drain: Set<Hook> | undefined
  var __slotwise_stopping: Promise<void> | undefined
}

globalThis.__slotwise_shutdown ??= new Set()
globalThis.__slotwise_after_drain ??= new Set()
const ending = globalThis.__slotwise_shutdown
const closing = globalThis.__slotwise_after_drain

export const shuttingDown = (): boolean => globalThis.__slotwise_stopping !== undefined

/** For what must end so that the process can stop: streams, timers, taking work. Returns its own removal. */
export function onShutdown(hook: Hook): () => void {
  if (shuttingDown()) void settle([hook])
  else ending.add(hook)
  return () => ending.delete(hook)
}

/** For what requests still need while they finish: connection pools, exporters. */
export function afterDrain(hook: Hook): () => void {
  closing.add(hook)
  return () => closing.delete(hook)
}

/** Stop in order: end what would go on for ever, wait for what is under way, close what it used. Runs once. */
export function stopInOrder(drain: () => Promise<void>): Promise<void> {
  globalThis.__slotwise_stopping ??= Promise.resolve().then(async () => {
    const ended = settle(take(ending))
    await drain()
    await atMost(2000, ended)
    await atMost(3000, settle(take(closing)))
  })
  return globalThis.__slotwise_stopping
}

function take(hooks: Set<Hook>): Hook[] {
  const taken = [...hooks]
  hooks.clear()
  return taken
}

async function settle(hooks: Hook[]): Promise<void> {
  const results = await Promise.allSettled(hooks.map(async (hook) => hook()))
  for (const result of results)
    if (result.status === 'rejected') console.error('while stopping:', result.reason)
}

function atMost(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  return Promise.race([work, timeout]).finally(() => clearTimeout(timer))
}
