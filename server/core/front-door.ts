import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'
import type { TrustedProxies } from './addresses'
import { bodySize, whenSent } from './body-cap'
import { shuttingDown, stopInOrder } from './lifecycle'
import { problem, rawProblem, writeProblem } from './problem'
import { malformed, stamp } from './request-guard'

/** True when it has answered, or will. */
export type Handler = (req: IncomingMessage, res: ServerResponse) => boolean | Promise<boolean>

export interface FrontDoorOptions {
  /** Tried in order before the app. */
  handlers: Handler[]
  app: (req: IncomingMessage, res: ServerResponse) => Promise<void>
  proxies: TrustedProxies
  drainSeconds: number
  maxBodyBytes?: number
  /** Only the development server speaks websockets. */
  upgrades?: boolean
  onError?: (error: unknown, correlationId: string) => void
}

const MEBIBYTE = 1 << 20
/** How long idle connections may still bring a request before they are closed. */
const GRACE_MS = 1000

/** The Node server in front of the app: who asks, what is refused unread, and how to leave politely. */
export class FrontDoor {
  readonly server: Server
  private readonly sockets = new Set<Socket>()
  private readonly underWay = new Set<ServerResponse>()

  constructor(private readonly options: FrontDoorOptions) {
    // No protocol is offered to upgrade to: the header is ignored and the request answered.
    const limits = {
      shouldUpgradeCallback: () => options.upgrades ?? false,
      headersTimeout: 10_000,
      requestTimeout: 60_000,
      connectionsCheckingInterval: 2000,
    }
    this.server = createServer({ ...limits, keepAliveTimeout: 65_000, maxHeaderSize: 32_768 })
    this.server.on('request', (req, res) => void this.answer(req, res))
    this.server.on('clientError', refuseUnparsed)
    this.server.on('connection', (socket) => {
      this.sockets.add(socket)
      socket.once('close', () => this.sockets.delete(socket))
    })
  }

  listen(port: number, host: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject)
      this.server.listen({ port, host, backlog: 1024 }, () => {
        this.server.off('error', reject)
        resolve()
      })
    })
  }

  private async answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const id = stamp(req, this.options.proxies)
    res.setHeader('x-request-id', id)
    res.setMaxListeners(30)
    this.underWay.add(res)
    res.once('close', () => this.underWay.delete(res))
    if (shuttingDown()) this.lastOn(res)
    const refuse = (status: number, code: string, detail: string) => {
      if (!req.complete) res.shouldKeepAlive = false
      writeProblem(res, problem(status, code, detail, id))
      whenSent(req, () => res.end())
    }
    try {
      const bad = malformed(req)
      if (bad) return refuse(bad.status, bad.code, bad.detail)
      const cap = this.options.maxBodyBytes ?? MEBIBYTE
      const sized = bodySize(req, cap)
      const size = typeof sized === 'string' ? sized : await sized
      if (size === 'aborted') return
      if (size === 'too_large') {
        if (!req.headers.accept?.includes('text/html'))
          return refuse(413, 'too_large', `The body is larger than ${cap} bytes.`)
        // Somebody sent a form with a file in it: they get the page that explains it.
        res.writeHead(303, {
          location: '/errors/too_large',
          'cache-control': 'no-store',
          connection: 'close',
        })
        return whenSent(req, () => res.end())
      }
      for (const handler of this.options.handlers) if (await handler(req, res)) return
      await this.options.app(req, res)
    } catch (error) {
      this.options.onError?.(error, id)
      if (res.headersSent) return void res.destroy()
      refuse(500, 'internal', 'Something went wrong on our side. It has been recorded.')
    }
  }

  /** Stops taking connections, answers what is under way and what still arrives, then closes what is left. */
  stop(): Promise<void> {
    return stopInOrder(async () => {
      const deadline = Date.now() + this.options.drainSeconds * 1000
      const quiet = Date.now() + GRACE_MS
      await pause(10)
      // http's own close() would cut idle connections under a request that is already on its way.
      NetServer.prototype.close.call(this.server)
      for (const res of this.underWay) this.lastOn(res)
      while (this.sockets.size > 0 && Date.now() < deadline) {
        if (this.underWay.size === 0 && Date.now() > quiet) break
        await pause(20)
      }
      for (const socket of this.sockets) socket.end()
      for (const end = Date.now() + 300; this.sockets.size > 0 && Date.now() < end; ) await pause(20)
      this.server.closeAllConnections()
    })
  }

  /** This answer is the last on its connection, and says so if it still can. */
  private lastOn(res: ServerResponse): void {
    res.shouldKeepAlive = false
    if (res.headersSent) res.once('finish', () => res.socket?.end())
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

const unparsed: Record<string, [status: number, code: string, detail: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'too_large', 'The headers are larger than 32768 bytes.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'malformed', 'The request took too long to arrive.'],
}

function refuseUnparsed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const fallback = [400, 'malformed', 'This is not a valid HTTP request.'] as const
  const [status, code, detail] = unparsed[error.code ?? ''] ?? fallback
  // Once an answer has begun on this connection, a second would be read as part of it.
  const answering = (socket as Socket & { _httpMessage?: ServerResponse })._httpMessage?.headersSent
  if (answering) return void socket.destroy()
  socket.end(rawProblem(problem(status, code, detail, randomUUID())))
  setTimeout(() => socket.destroy(), 1000).unref()
}
