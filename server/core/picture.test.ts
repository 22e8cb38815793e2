import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { isRefusal } from './errors'
import { drawnAnew } from './picture'

const red = { create: { width: 640, height: 320, channels: 3 as const, background: '#c00000' } }
const png = () => sharp(red).png().toBuffer()

const refused = async (file: Buffer) => {
  const error = await drawnAnew(file, 'logo').catch((e: unknown) => e)
  expect(isRefusal(error) && error.data).toEqual({ errors: { logo: expect.any(String) } })
}

describe('a picture that is handed in', () => {
  test.each(['png', 'jpeg', 'webp'] as const)('as %s becomes a square on white', async (format) => {
    const { bytes, version } = await drawnAnew(await sharp(red).toFormat(format).toBuffer(), 'logo')
    const { width, height, format: drawn, hasAlpha } = await sharp(bytes).metadata()
    expect({ width, height, drawn, hasAlpha }).toEqual({
      width: 256,
      height: 256,
      drawn: 'png',
      hasAlpha: false,
    })
    const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
    expect([...data.subarray(0, 3)]).toEqual([255, 255, 255])
    expect(version).toMatch(/^[\w-]{22}$/)
  })

  test('loses where and with what it was taken', async () => {
    const taken = await sharp(red)
      .withExif({ IFD0: { Make: 'Spy camera' }, IFD3: { GPSLatitude: '52/1 31/1 0/1' } })
      .jpeg()
      .toBuffer()
    expect(taken.includes('Spy camera')).toBe(true)
    const { bytes } = await drawnAnew(taken, 'logo')
    expect((await sharp(bytes).metadata()).exif).toBeUndefined()
    expect(bytes.includes('Spy camera')).toBe(false)
  })

  test('stands the way it was held', async () => {
    const half = await sharp(red)
      .composite([
        {
          input: { create: { width: 640, height: 160, channels: 3, background: '#0000c0' } },
          top: 0,
          left: 0,
        },
      ])
      .jpeg()
      .toBuffer()
    const turned = await sharp(half).withMetadata({ orientation: 6 }).toBuffer()
    const { data, info } = await sharp((await drawnAnew(turned, 'logo')).bytes)
      .raw()
      .toBuffer({ resolveWithObject: true })
    const at = (x: number, y: number) => [
      ...data.subarray((y * info.width + x) * info.channels).subarray(0, 3),
    ]
    const [left, right] = [at(90, 128), at(166, 128)]
    expect((left[0] ?? 0) > 150 && (right[2] ?? 0) > 150).toBe(true)
  })

  test('is refused where it is something else as well, or something else', async () => {
    const page = Buffer.from('<script>alert(1)</script>')
    await refused(Buffer.concat([await png(), page]))
    await refused(Buffer.concat([await sharp(red).jpeg().toBuffer(), page]))
    await refused(Buffer.concat([await sharp(red).webp().toBuffer(), page]))
    await refused(Buffer.concat([page, await png()]))
    await refused(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'))
    await refused(await sharp(red).gif().toBuffer())
    await refused(Buffer.alloc(0))
  })

  test('is refused where it is broken, or larger than it may be, packed or unpacked', async () => {
    const whole = await png()
    await refused(Buffer.concat([whole.subarray(0, 60), Buffer.alloc(40), whole.subarray(-12)]))
    await refused(Buffer.concat([whole, Buffer.alloc(1_000_000)]))
    const bomb = { create: { width: 6000, height: 6000, channels: 3 as const, background: '#ffffff' } }
    const packed = await sharp(bomb).png().toBuffer()
    expect(packed.length).toBeLessThan(1_000_000)
    await refused(packed)
  })
})
