import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'

/** An entry of the archive: small enough to be held whole. Long tables come in several. */
export type Entry = { name: string; data: Buffer }

const block = 512
const mostBytes = 64 * 1024 * 1024
const empty = Buffer.alloc(block)

export class DamagedArchive extends Error {}

/**
 * Writes a gzipped tar that appears under its name only once it is whole and on disk. Any tar can unpack it.
 * Readable by its owner alone: it holds people's data.
 */
export async function writeArchive(file: string, entries: AsyncIterable<Entry>): Promise<void> {
  const partial = `${file}.partial`
  try {
    await pipeline(
      tar(entries),
      createGzip({ level: 6 }),
      createWriteStream(partial, { mode: 0o600, flush: true }),
    )
    await rename(partial, file)
    await syncFolder(dirname(file))
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

/** The new name too outlives a power cut, where the system can promise that. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => null)
  await folder?.sync().catch(() => {})
  await folder?.close()
}

async function* tar(entries: AsyncIterable<Entry>): AsyncGenerator<Buffer> {
  for await (const { name, data } of entries) {
    yield headerOf(name, data.length)
    yield data
    const rest = data.length % block
    if (rest > 0) yield empty.subarray(rest)
  }
  yield Buffer.concat([empty, empty])
}

/** The ustar header: name, mode, owner, size, time, sum of its own bytes. */
function headerOf(name: string, size: number): Buffer {
  const header = Buffer.alloc(block)
  if (Buffer.byteLength(name) > 100) throw new Error(`${name} is too long a name for the archive`)
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`
  header.write(name, 0)
  header.write(octal(0o600, 7), 100)
  header.write(octal(0, 7), 108)
  header.write(octal(0, 7), 116)
  header.write(octal(size, 11), 124)
  header.write(octal(Math.floor(Date.now() / 1000), 11), 136)
  header.write('        ', 148)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  header.write(`${octal(sum(header), 6)} `, 148)
  return header
}

const sum = (header: Buffer): number => header.reduce((all, byte) => all + byte, 0)

/** Entries in the order in which they were written; throws where the file is not what was written. */
export async function* readArchive(file: string): AsyncGenerator<Entry> {
  const bytes = new Bytes(createReadStream(file).pipe(createGunzip()), file)
  for (;;) {
    const header = await bytes.take(block)
    if (header.every((byte) => byte === 0)) return bytes.end()
    const { name, size } = parse(header)
    const data = await bytes.take(size)
    await bytes.take((block - (size % block)) % block)
    yield { name, data }
  }
}

function parse(header: Buffer): { name: string; size: number } {
  const text = (from: number, to: number) => header.toString('utf8', from, to).replace(/\0.*$/s, '')
  const size = Number.parseInt(text(124, 136), 8)
  const plain = Buffer.from(header)
  plain.write('        ', 148)
  if (sum(plain) !== Number.parseInt(text(148, 156), 8) || !(size >= 0 && size <= mostBytes))
    throw new DamagedArchive('It is no archive of ours.')
  return { name: text(0, 100), size }
}

/** As many bytes as are asked for, from a stream that brings them in pieces of its own. */
class Bytes {
  private readonly pieces: AsyncIterator<Buffer>
  private kept: Buffer[] = []
  private length = 0

  constructor(
    stream: AsyncIterable<Buffer>,
    private readonly file: string,
  ) {
    this.pieces = stream[Symbol.asyncIterator]()
  }

  async take(count: number): Promise<Buffer> {
    while (this.length < count) {
      const next = await this.next()
      if (!next) throw new DamagedArchive(`${this.file} ends in the middle.`)
      this.kept.push(next)
      this.length += next.length
    }
    const all = this.kept.length === 1 ? (this.kept[0] as Buffer) : Buffer.concat(this.kept)
    this.kept = [all.subarray(count)]
    this.length = all.length - count
    return all.subarray(0, count)
  }

  /** Reads the rest, so that the sum at the end of the compressed stream is looked at too. */
  async end(): Promise<void> {
    while (await this.next());
  }

  private async next(): Promise<Buffer | null> {
    try {
      const { done, value } = await this.pieces.next()
      return done ? null : value
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR') throw error
      throw new DamagedArchive(`${this.file} is damaged: ${message}.`)
    }
  }
}
