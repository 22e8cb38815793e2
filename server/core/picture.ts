import { createHash } from 'node:crypto'
import { refuse } from './errors'

/** Of a picture that somebody hands in: how large a file, and how many points it may unpack to. */
export const mostBytes = 1_000_000
const mostPoints = 25_000_000
const side = 256

export type Picture = { version: string; bytes: Buffer }

type Format = 'png' | 'jpeg' | 'webp'
const beginnings: [Format, (b: Buffer) => boolean][] = [
  ['png', (b) => b.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))],
  ['jpeg', (b) => b.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex'))],
  ['webp', (b) => b.toString('latin1', 0, 4) === 'RIFF' && b.toString('latin1', 8, 12) === 'WEBP'],
]

/** Where the picture says that it ends: what follows would be something else in the same file. */
const endings: Record<Format, (b: Buffer) => boolean> = {
  png: (b) => b.subarray(-8, -4).toString('latin1') === 'IEND',
  jpeg: (b) => b.subarray(-2).equals(Buffer.from('ffd9', 'hex')),
  webp: (b) => b.length === b.readUInt32LE(4) + 8 + (b.readUInt32LE(4) % 2),
}

/**
 * A square picture drawn anew from the points of another, on white: nothing of the file that was handed in is left, no
 * position, no camera, no second file behind the first.
 */
export async function drawnAnew(file: Buffer, field: string): Promise<Picture> {
  const wrong = (why: string): never => refuse('malformed', 'malformed', { errors: { [field]: why } })
  if (file.length > mostBytes) wrong('is larger than a megabyte')
  const format = file.length > 20 ? beginnings.find(([, is]) => is(file))?.[0] : undefined
  if (!format || !endings[format](file)) return wrong('is not a PNG, JPEG or WebP picture')
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  sharp.concurrency(1)
  const bytes = await sharp(file, { limitInputPixels: mostPoints, failOn: 'error' })
    .timeout({ seconds: 5 })
    .autoOrient()
    .resize(side, side, { fit: 'contain', background: '#ffffff' })
    .flatten({ background: '#ffffff' })
    .png({ palette: true, effort: 7 })
    .toBuffer()
    .catch(() => wrong('is not a PNG, JPEG or WebP picture'))
  return { bytes, version: createHash('sha256').update(bytes).digest('base64url').slice(0, 22) }
}
