import type { Position } from '../events'

/** A place in the log as a stream's event id: epoch.xid.pos. What comes back from a client is not to be trusted. */
export const formatPosition = ({ epoch, xid, pos }: Position): string => `${epoch}.${xid}.${pos}`

const shape = /^(\d{1,10})\.(\d{1,20})\.(\d{1,19})$/
const most = { epoch: 2n ** 31n - 1n, xid: 2n ** 64n - 1n, pos: 2n ** 63n - 1n }

export function parsePosition(text: string): Position | null {
  const [, epoch, xid, pos] = shape.exec(text) ?? []
  if (epoch === undefined || xid === undefined || pos === undefined) return null
  if (BigInt(epoch) > most.epoch || BigInt(xid) > most.xid || BigInt(pos) > most.pos) return null
  return { epoch: Number(epoch), xid, pos }
}

export function comparePositions(a: Position, b: Position): number {
  if (a.epoch !== b.epoch) return a.epoch - b.epoch
  if (a.xid !== b.xid) return BigInt(a.xid) < BigInt(b.xid) ? -1 : 1
  if (a.pos === b.pos) return 0
  return BigInt(a.pos) < BigInt(b.pos) ? -1 : 1
}

/** Just after everything that transaction wrote. */
export const endOfTransaction = (epoch: number, xid: bigint): Position => ({
  epoch,
  xid: String(xid),
  pos: String(most.pos),
})
