import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleOptions, ensureBuilt } from './lib/build.mjs'
import { nodeFlags } from './lib/child.mjs'
import { findChromium } from './lib/chromium.mjs'
import { ensureInstalled, node24 } from './lib/install.mjs'
import { root } from './lib/paths.mjs'
import { main, step, Trouble } from './lib/screen.mjs'
import { tool } from './lib/tools.mjs'

const preload = join(root, 'scripts', 'lib', 'with-parent.mjs')

/** What the app costs, beside its floor: builds both, then measures (bench/main.ts). */
await main(async () => {
  const args = process.argv.slice(2)
  // With --json, standard output holds the results and nothing else.
  if (args.includes('--json')) console.log = console.error
  await ensureInstalled()
  await ensureBuilt()
  await step('bundling the benches', bundle)
  await ensureFloor()
  return measure(args, needsBrowser(args) ? await findChromium() : undefined)
})

async function bundle() {
  const { build } = await import('esbuild')
  const processes = readdirSync(join(root, 'bench', 'processes'))
  const entryPoints = ['bench/main.ts', ...processes.map((name) => `bench/processes/${name}`)]
  await build({ ...bundleOptions([]), entryPoints, entryNames: '[name]', outdir: 'dist/bench' })
}

/** The framework's floor, built anew when it or the framework changed. */
async function ensureFloor() {
  const folder = join(root, 'bench', 'floor')
  const stamp = join(folder, '.next', 'stamp')
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('.next') && /\.(js|mjs|ts)$/.test(path))
  const hash = createHash('sha256').update(readFileSync(join(root, 'node_modules', 'next', 'package.json')))
  for (const path of files.sort()) hash.update(path).update(readFileSync(path))
  const wanted = hash.digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  const { code, output } = await step('building the floor (once)', () =>
    tool('next', ['build', folder], { env: { NODE_ENV: 'production' } }),
  )
  if (code !== 0) throw new Trouble(`The floor could not be built:\n\n${output.trim().slice(-3000)}`)
  writeFileSync(stamp, wanted)
}

function needsBrowser(args) {
  const names = args.filter((arg) => !arg.startsWith('-'))
  return names.length === 0 || names.some((name) => name.startsWith('page'))
}

/** In a process of its own, on the Node of the app; told to stop, it ends what it started first. */
function measure(args, chromium = '') {
  const script = join(root, 'dist', 'bench', 'main.mjs')
  const flags = { web: nodeFlags, worker: nodeFlags }
  const child = spawn(node24(), ['--enable-source-maps', '--import', preload, script, ...args], {
    cwd: root,
    env: { ...process.env, APP_NODE_FLAGS: JSON.stringify(flags), CHROMIUM_PATH: chromium },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  process.on('SIGINT', () => {})
  for (const name of ['SIGTERM', 'SIGHUP']) process.on(name, () => child.kill('SIGTERM'))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
