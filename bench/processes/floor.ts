import { createServer } from 'node:http'
import { join } from 'node:path'
import next from 'next'

/** The framework and nothing of ours: a plain server in front of the floor's two routes. */
const port = Number(process.env.PORT)
const app = next({ dev: false, dir: join(process.cwd(), 'bench', 'floor'), hostname: '127.0.0.1', port })
const handle = app.getRequestHandler()
await app.prepare()
createServer((req, res) => void handle(req, res)).listen(port, '127.0.0.1')
process.on('SIGTERM', () => process.exit(0))
