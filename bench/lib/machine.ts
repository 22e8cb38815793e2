import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { arch, cpus, type as kernel, release, totalmem } from 'node:os'
import { binaries } from '@/db/embedded-host'

/** What the figures were taken on. */
export function machine(): string {
  const processors = cpus()
  const postgres = execFileSync(binaries().postgres, ['--version'], { encoding: 'utf8' }).trim()
  const facts = [
    `${processors[0]?.model.trim() ?? 'unknown processor'}, ${processors.length} cores`,
    `${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    `${distribution()}, ${kernel()} ${release().replace(/-.*/, '')} ${arch()}`,
    `Node ${process.versions.node}`,
    postgres.replace(/^postgres \(PostgreSQL\) /, 'PostgreSQL '),
  ]
  return `${new Date().toISOString().slice(0, 10)}: ${facts.join('; ')}. Generators, servers and database share its cores.`
}

function distribution(): string {
  const file = '/etc/os-release'
  if (!existsSync(file)) return kernel()
  return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync(file, 'utf8'))?.[1] ?? kernel()
}
