import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

export async function until(holds, ms, every = 50) {
  for (const end = Date.now() + ms; Date.now() < end; await pause(every)) if (await holds()) return true
  return Boolean(await holds())
}

/** A process by number and birth, since numbers are used again. Undefined when it is gone. */
export function identity(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  try {
    if (process.platform !== 'linux') return ps(pid, 'lstart')
    const [state, ...fields] = afterName(pid)
    return state === 'Z' ? undefined : `${bootId()} ${fields[18]}`
  } catch {
    return undefined
  }
}

export const isSame = ({ pid, born }) => born !== undefined && identity(pid) === born
export const self = () => ({ pid: process.pid, born: identity(process.pid) })

/** The fields of a process after its name, which may itself hold spaces and brackets. */
function afterName(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

const bootId = () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
const ps = (pid, field) =>
  execFileSync('ps', ['-o', `${field}=`, '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined

function parentOf(pid) {
  try {
    return process.platform === 'linux' ? Number(afterName(pid)[1]) : Number(ps(pid, 'ppid'))
  } catch {
    return 0
  }
}

function commandOf(pid) {
  try {
    if (process.platform !== 'linux') return ps(pid, 'command') ?? ''
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

/** npm and its shell, when they started us: if they are killed, nobody is left who could stop this. */
export function launchers() {
  if (!process.env.npm_lifecycle_event) return []
  const chain = []
  for (let pid = process.ppid; pid > 1 && chain.length < 4; pid = parentOf(pid)) {
    chain.push({ pid, born: identity(pid) })
    if (/\bnpm\b/.test(commandOf(pid))) return chain
  }
  return []
}

export function signal(pid, name) {
  try {
    process.kill(pid, name)
  } catch {
    // already gone
  }
}

/** Runs to the end, keeping what it says for when it fails. Told to end, we end it first. */
export function run(file, args, { env = process.env, cwd, timeout, signal: abort, show = false } = {}) {
  return new Promise((resolve) => {
    const stdio = show ? 'inherit' : ['ignore', 'pipe', 'pipe']
    const child = spawn(file, args, { env, cwd, timeout, signal: abort, stdio })
    const forget = endWithUs(child)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
    child.once('error', (error) => {
      forget()
      resolve({ code: 127, output: `${output}${error.message}` })
    })
    child.once('close', (code, killed) => {
      forget()
      resolve({ code: code ?? 1, killed, output })
    })
  })
}

/** Without somebody else to decide what a signal means, it still ends us, once the child is gone. */
function endWithUs(child) {
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP']
  let told
  const pass = (name) => {
    told ??= name
    signal(child.pid, 'SIGTERM')
  }
  for (const name of names) process.on(name, pass)
  return () => {
    for (const name of names) process.off(name, pass)
    if (told && process.listenerCount(told) === 0) process.kill(process.pid, told)
  }
}
