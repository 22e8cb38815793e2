import type { IncomingMessage } from 'node:http'

export type BodySize = 'fits' | 'too_large' | 'aborted'

/**
 * Knows the answer before a route is asked. A body of unannounced length is held back until it is complete,
 * so that no route acts on the first half of something that will be refused.
 */
export function bodySize(req: IncomingMessage, cap: number): Promise<BodySize> | BodySize {
  const announced = req.headers['content-length']
  if (announced !== undefined) return Number(announced) <= cap ? 'fits' : 'too_large'
  if (req.headers['transfer-encoding'] === undefined) return 'fits'
  return heldBack(req, cap)
}

function heldBack(req: IncomingMessage, cap: number): Promise<BodySize> {
  return new Promise((resolve) => {
    const deliver = req.push
    const chunks: Buffer[] = []
    let size = 0
    const settle = (answer: BodySize) => {
      req.push = answer === 'fits' ? deliver : (chunk) => (chunk === null ? deliver.call(req, null) : true)
      req.off('close', gone)
      resolve(answer)
    }
    const gone = () => settle('aborted')
    req.once('close', gone)
    req.push = (chunk: Buffer | null) => {
      if (chunk === null) {
        settle('fits')
        for (const held of chunks) req.push(held)
        return req.push(null)
      }
      size += chunk.length
      if (size > cap) settle('too_large')
      else chunks.push(chunk)
      return true
    }
  })
}

/** Lets the client finish sending for a while, so that it reads the answer instead of a broken connection. */
export function whenSent(req: IncomingMessage, then: () => void, ms = 2000): void {
  if (req.complete) {
    then()
    return
  }
  const done = () => {
    clearTimeout(timer)
    req.off('end', done).off('close', done)
    then()
  }
  const timer = setTimeout(done, ms)
  req.on('error', () => {})
  req.once('end', done).once('close', done).resume()
}
