import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { isSame, pause, self } from './processes.mjs'

const BEAT_MS = 2000

/**
 * One holder per file, known by number and birth so that neither a kill nor a reused number confuses it.
 * The note inside says what the holder is doing; its age stands for life when it was written on another machine.
 */
export class Lock {
  #path
  #note
  #beat

  constructor(path, note, beat) {
    this.#path = path
    this.#note = note
    this.#beat = beat
  }

  /** Takes it, or says who has it. `left` is what a lost holder wrote last. */
  static take(path, facts = {}) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o711 })
    const note = { ...self(), host: hostname(), ...facts }
    let left
    for (let attempt = 0; attempt < 10; attempt += 1) {
      if (create(path, note)) return { lock: new Lock(path, note, beat(path)), left }
      const seen = Lock.read(path)
      if (seen && isHeld(seen)) return { holder: seen }
      left = removeStale(path) ?? left
    }
    throw new Error(`The lock ${path} changes hands too quickly.`)
  }

  static read(path) {
    try {
      return { ...JSON.parse(readFileSync(path, 'utf8')), age: Date.now() - statSync(path).mtimeMs }
    } catch {
      return undefined
    }
  }

  update(facts) {
    this.#note = { ...this.#note, ...facts }
    write(`${this.#path}.${process.pid}`, this.#note)
    renameSync(`${this.#path}.${process.pid}`, this.#path)
  }

  release() {
    clearInterval(this.#beat)
    const there = Lock.read(this.#path)
    if (there?.pid === this.#note.pid && there.born === this.#note.born) rmSync(this.#path, { force: true })
  }
}

export const isHeld = (note) => (note.host === hostname() ? isSame(note) : note.age < 5 * BEAT_MS)

const write = (path, note) => writeFileSync(path, `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600 })

/** Appears whole or not at all: linking fails when the name is taken. */
function create(path, note) {
  const whole = `${path}.${process.pid}`
  write(whole, note)
  try {
    linkSync(whole, path)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(whole, { force: true })
  }
}

/** Moved aside first, since another start may be clearing the same one: only one of them gets it. */
function removeStale(path) {
  const aside = `${path}.stale.${process.pid}`
  try {
    renameSync(path, aside)
  } catch {
    return undefined
  }
  const note = Lock.read(aside)
  try {
    if (note && isHeld(note)) linkSync(aside, path)
  } catch {
    // somebody took it in between; they will see each other
  }
  rmSync(aside, { force: true })
  return note
}

function beat(path) {
  return setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date())
    } catch {
      // the folder went away under us; stopping will say so
    }
  }, BEAT_MS).unref()
}

/** Waits its turn, for work that two scripts may want to do at once. */
export async function withMutex(path, work) {
  for (;;) {
    const { lock } = Lock.take(path)
    if (!lock) {
      await pause(300)
      continue
    }
    try {
      return await work()
    } finally {
      lock.release()
    }
  }
}
