import { createServer } from 'node:net'
import { until } from './processes.mjs'
import { Trouble } from './screen.mjs'

const remedies = {
  EADDRINUSE: (at) =>
    `${at} is taken by another program. Stop that one, or choose another port: PORT=3001 npm start`,
  EACCES: (at) => `${at} may not be used by this user. Choose a port above 1023: PORT=3000 npm start`,
  EADDRNOTAVAIL: (at) =>
    `${at} is no address of this machine. Set HOST to one that is, such as 127.0.0.1 or 0.0.0.0.`,
}

/** Says what is wrong with the port before anything is started; a connection that is just ending gets a moment. */
export async function requirePort(host, port) {
  let problem
  const settled = async () => {
    problem = await probe(host, port)
    return problem !== 'EADDRINUSE'
  }
  await until(settled, 1500, 250)
  if (!problem) return
  const at = `Port ${port} on ${host}`
  throw new Trouble((remedies[problem] ?? (() => `${at} cannot be used (${problem}).`))(at))
}

const probe = (host, port) =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve(error.code))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)))
  })

/** From this machine, whatever it listens on. */
export function localAddress(host, port) {
  const near = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `http://${near.includes(':') ? `[${near}]` : near}:${port}`
}
