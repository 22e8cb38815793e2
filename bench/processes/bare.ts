import { createServer } from 'node:http'
import { body, headers } from '../floor/answer'
import { ask } from '../floor/ask'

/** The same two answers from Node alone. */
const server = createServer(async (req, res) => {
  const url = new URL(req.url ?? '/', 'http://bare')
  if (url.pathname === '/query') await ask(url.searchParams)
  if (req.headers['if-none-match'] === headers.etag) return void res.writeHead(304, headers).end()
  res.writeHead(200, { ...headers, 'content-length': body.length }).end(body)
})
server.listen(Number(process.env.PORT), '127.0.0.1')
process.on('SIGTERM', () => process.exit(0))
