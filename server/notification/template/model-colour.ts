/** A business's accent, corrected so that what is written on it and in it can be read: 4.5:1 at least. */
export type Accent = { fill: string; on: string; text: string; darkText: string }

type Rgb = [number, number, number]

const ours = '#0b6272'
const white: Rgb = [255, 255, 255]
const ink: Rgb = [12, 16, 15]
const darkPage: Rgb = [22, 28, 26]

export function accentOf(wanted: string | null): Accent {
  const base = parsed(wanted ?? '') ?? (parsed(ours) as Rgb)
  const light = contrast(base, ink) > contrast(base, white)
  const on = light ? ink : white
  const fill = towards(base, light ? white : [0, 0, 0], (c) => contrast(c, on) >= 4.5)
  return {
    fill: hex(fill),
    on: hex(on),
    text: hex(towards(base, [0, 0, 0], (c) => contrast(c, white) >= 4.5)),
    darkText: hex(towards(base, [255, 255, 255], (c) => contrast(c, darkPage) >= 4.5)),
  }
}

/** Mixes in as little of the other colour as is enough. */
function towards(from: Rgb, to: Rgb, enough: (c: Rgb) => boolean): Rgb {
  for (let part = 0; part <= 20; part++) {
    const mixed = from.map((c, i) => Math.round(c + ((to[i] as number) - c) * (part / 20))) as Rgb
    if (enough(mixed)) return mixed
  }
  return to
}

function parsed(text: string): Rgb | null {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text)
  return found && (found.slice(1).map((part) => Number.parseInt(part, 16)) as Rgb)
}

const hex = (colour: Rgb): string => `#${colour.map((c) => c.toString(16).padStart(2, '0')).join('')}`

const luminance = (colour: Rgb): number => {
  const [r = 0, g = 0, b = 0] = colour.map((c) =>
    c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** As WCAG counts it. */
export function contrast(a: Rgb, b: Rgb): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (high + 0.05) / (low + 0.05)
}
