import { createServer, type ServerResponse } from 'node:http'
import { serve } from '../lib/rpc'

/** Streams written straight from memory: no log, no hub, no framework. */
const open = new Set<ServerResponse>()
const server = createServer((_req, res) => {
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  res.write('retry: 2000\n: hello\n\n')
  open.add(res)
  res.once('close', () => open.delete(res))
})
server.listen(Number(process.env.PORT), '127.0.0.1')

/** Tells when it began to write. */
function write(frame: string): number {
  const bytes = Buffer.from(frame)
  const at = performance.timeOrigin + performance.now()
  for (const res of open) res.write(bytes)
  return at
}

process.on('SIGTERM', () => process.exit(0))
serve({ write })
