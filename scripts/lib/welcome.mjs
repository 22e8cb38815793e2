import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from './paths.mjs'

/** The one screen that a start ends with. */
export function welcome({ config, cluster, dir, demo, logs, started, dev }) {
  const rows = [
    config.ROLE === 'worker' ? [] : ['Open', [config.PUBLIC_URL]],
    ['Log in', demo ? logins(dir) : []],
    ['Mails', (demo || dev) && !config.SMTP_URL ? [`${config.PUBLIC_URL}/mailbox`] : []],
    [
      'Database',
      [cluster ? `embedded PostgreSQL on port ${cluster.port}, kept in ${near(dir)}` : host(config)],
    ],
    ['Logs', logs.map(near)],
    ['Stop', ['Ctrl-C']],
    ['Note', config.notices],
  ]
  const lines = rows
    .filter(([, values]) => values?.length)
    .flatMap(([name, values]) => values.map((value, i) => `  ${(i ? '' : name).padEnd(10)}${value}`))
  const what = config.ROLE === 'all' ? 'SlotWise' : `SlotWise (${config.ROLE})`
  const mode = dev ? ' for development' : ''
  return [
    '',
    `  ${what} is ready${mode} after ${((Date.now() - started) / 1000).toFixed(1)} s`,
    '',
    ...lines,
    '',
  ].join('\n')
}

function logins(dir) {
  const path = join(dir, 'demo.json')
  if (!existsSync(path)) return []
  const people = JSON.parse(readFileSync(path, 'utf8'))
  const width = (key) => Math.max(...people.map((person) => person[key].length)) + 2
  const [role, email] = [width('role'), width('email')]
  return people.map((one) => `${one.role.padEnd(role)}${one.email.padEnd(email)}${one.password}`)
}

const near = (path) => (path.startsWith(`${root}/`) ? relative(root, path) : path)

function host(config) {
  const url = new URL(config.DATABASE_URL)
  return `PostgreSQL at ${url.host}${url.pathname}`
}
