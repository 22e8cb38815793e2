import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { arch, cpus, type as kernel, release, totalmem } from 'node:os'
import { binaries } from '@/db/embedded-host'
import { pause } from './statistics'

/** What the figures were taken on, and how much of it others used before and after. */
export function machine(busy: readonly number[]): string {
  const processors = cpus()
  const postgres = execFileSync(binaries().postgres, ['--version'], { encoding: 'utf8' }).trim()
  const facts = [
    `${processors[0]?.model.trim() ?? 'unknown processor'}, ${processors.length} cores`,
    `${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    `${distribution()}, ${kernel()} ${release().replace(/-.*/, '')} ${arch()}`,
    `Node ${process.versions.node}`,
    postgres.replace(/^postgres \(PostgreSQL\) /, 'PostgreSQL '),
  ]
  const others = busy.map((share) => `${Math.round(share * 100)} %`).join(' and ')
  return (
    `${new Date().toISOString().slice(0, 10)}: ${facts.join('; ')}. Generators, servers and database share its cores; ` +
    `other programs kept ${others} of them busy before and after.`
  )
}

/** The share of the cores in use while we do nothing. */
export async function busyShare(): Promise<number> {
  const times = () =>
    cpus().map(({ times: { idle, ...used } }) => [idle, idle + Object.values(used).reduce((a, b) => a + b)])
  const sum = (samples: number[][], i: number) => samples.reduce((total, one) => total + (one[i] ?? 0), 0)
  const before = times()
  await pause(2000)
  const after = times()
  return 1 - (sum(after, 0) - sum(before, 0)) / (sum(after, 1) - sum(before, 1))
}

function distribution(): string {
  const file = '/etc/os-release'
  if (!existsSync(file)) return kernel()
  return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync(file, 'utf8'))?.[1] ?? kernel()
}
