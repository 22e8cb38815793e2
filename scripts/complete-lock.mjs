import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './lib/paths.mjs'

/**
 * npm sometimes writes a lock file without the packages of other platforms, and `npm ci` then refuses it everywhere.
 * This adds them from what their parents ask for; with --check it only says which are missing.
 */
const path = join(root, 'package-lock.json')
const lock = JSON.parse(readFileSync(path, 'utf8'))
const { packages } = lock

function isThere(from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/'))).replace(/\/$/, '')) {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true
    if (at === '') return false
  }
}

/** The naming convention of native packages says what their metadata would: `binding-linux-arm64-musl`. */
function entryFor(name, version, parent) {
  const words = name.split('/').at(-1).split('-')
  const [os] = words.filter((word) =>
    ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'].includes(word),
  )
  const [cpu] = words.filter((word) =>
    ['arm', 'arm64', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'].includes(word),
  )
  if (!os || !cpu || !/^\d+\.\d+\.\d+[\w.-]*$/.test(version))
    throw new Error(`${name}@${version} has to be added by hand.`)
  const libc = os !== 'linux' ? undefined : /musl/.test(words.at(-1)) ? ['musl'] : ['glibc']
  const { dev, license, engines } = parent
  return { version, cpu: [cpu], dev, libc, license, optional: true, os: [os], engines }
}

const missing = Object.entries(packages).flatMap(([from, parent]) =>
  Object.entries(parent.optionalDependencies ?? {})
    .filter(([name]) => !isThere(from, name))
    .map(([name, version]) => ({ name, version, parent })),
)

if (process.argv.includes('--check')) {
  for (const { name, version } of missing) console.error(`package-lock.json lacks ${name}@${version}`)
  if (missing.length > 0) console.error('Add them with: node scripts/complete-lock.mjs')
  process.exitCode = missing.length > 0 ? 1 : 0
} else if (missing.length > 0) {
  for (const { name, version, parent } of missing)
    packages[`node_modules/${name}`] = entryFor(name, version, parent)
  lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`Added ${missing.length} packages of other platforms.`)
}
