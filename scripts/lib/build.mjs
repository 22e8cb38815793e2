import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { node24 } from './install.mjs'
import { withMutex } from './lock.mjs'
import { root } from './paths.mjs'
import { run } from './processes.mjs'
import { step, Trouble } from './screen.mjs'

const dist = join(root, 'dist')
const stampPath = join(dist, '.stamp')

/** What runs outside the framework, each in one file. */
const entries = {
  web: 'server/http.ts',
  worker: 'jobs/worker.ts',
  cli: 'db/cli.ts',
  embedded: 'db/embedded.ts',
  config: 'server/core/config.ts',
}

const bundled = ['server', 'db', 'jobs']
const framed = ['app', 'components', 'server', 'db', 'public']

/** Builds what changed, by content: touching a file or switching branches back and forth costs nothing. */
export async function ensureBuilt({ pages = true } = {}) {
  if (isCurrent(pages)) return
  mkdirSync(dist, { recursive: true })
  await withMutex(join(dist, '.building'), async () => {
    if (isCurrent(pages)) return
    const before = stamps()
    const wanted = { bundle: fingerprint(bundled), pages: fingerprint(framed) }
    if (before.bundle !== wanted.bundle || !hasBundles()) await step('bundling', bundle)
    writeStamps({ ...before, bundle: wanted.bundle })
    if (!pages || (before.pages === wanted.pages && hasPages())) return
    await step('building pages', buildPages)
    writeStamps(wanted)
  })
}

function isCurrent(pages) {
  const done = stamps()
  if (done.bundle !== fingerprint(bundled) || !hasBundles()) return false
  return !pages || (done.pages === fingerprint(framed) && hasPages())
}

const hasBundles = () => Object.keys(entries).every((name) => existsSync(join(dist, `${name}.mjs`)))
const hasPages = () => existsSync(join(root, '.next', 'BUILD_ID'))

function stamps() {
  return existsSync(stampPath) ? JSON.parse(readFileSync(stampPath, 'utf8')) : {}
}
const writeStamps = (done) => writeFileSync(stampPath, JSON.stringify(done))

function fingerprint(folders) {
  const hash = createHash('sha256')
  const settings = readdirSync(root).filter(
    (name) => /\.(ts|mjs|json|css)$/.test(name) && name !== 'next-env.d.ts',
  )
  for (const path of [...settings.sort(), ...folders.flatMap(filesIn)]) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesIn(folder) {
  if (!existsSync(join(root, folder))) return []
  const there = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
  const files = there.filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
  return files.map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1)).sort()
}

export function bundleOptions(names = Object.keys(entries)) {
  return {
    absWorkingDir: root,
    entryPoints: Object.fromEntries(names.map((name) => [name, entries[name]])),
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: true,
    logLevel: 'silent',
  }
}

async function bundle() {
  const { build, formatMessages } = await import('esbuild')
  try {
    await build(bundleOptions())
  } catch (error) {
    if (!error.errors) throw error
    throw new Trouble((await formatMessages(error.errors, { kind: 'error' })).join('\n'))
  }
}

async function buildPages() {
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next')
  const { code, output } = await run(node24(), [next, 'build'], { cwd: root, env })
  if (code !== 0)
    throw new Trouble(`The pages could not be built:\n\n${output.trim().split('\n').slice(-40).join('\n')}`)
}
