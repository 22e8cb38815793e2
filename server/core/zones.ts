import { Temporal } from 'temporal-polyfill'

// What there is to know about a zone: its name, and when its clocks change. `time.ts` says what follows from it.

/** Is this the name of a zone? An offset such as '+02:00' is not: it does not know when its clocks change. */
export const isZone = (id: string): boolean => resolveZone(id) !== undefined

/** The name the zone goes by today, whatever the spelling or the age of the one given. Throws for what is none. */
export function canonicalZone(id: string): string {
  const zone = resolveZone(id)
  if (!zone) throw new RangeError(`Not a time zone: ${id}`)
  return zone
}

export const allZones = (): string[] =>
  [...new Set([...Intl.supportedValuesOf('timeZone').map(canonicalZone), 'UTC'])].sort()

/** A stretch of time in which a zone's clocks do not change. `offset` is what local time has over UTC. */
export type Span = { from: number; until: number; offset: number }

/** The spans that cover [from, until), cut to it, in order. Everything about clock changes follows from them. */
export function spansOf(zone: string, from: number, until: number): Span[] {
  const name = canonicalZone(zone)
  const spans: Span[] = []
  for (let at = Math.floor(from / CHUNK); at * CHUNK < until; at++) {
    for (const span of chunkOf(name, at)) {
      const cut = { from: Math.max(span.from, from), until: Math.min(span.until, until), offset: span.offset }
      const last = spans.at(-1)
      if (cut.from >= cut.until) continue
      if (last?.offset === cut.offset) last.until = cut.until
      else spans.push(cut)
    }
  }
  return spans
}

// What has been looked up stays, up to a bound: what is asked about comes from outside.
const CHUNK = 400 * 86_400_000
const MOST_CHUNKS = 20_000
const MOST_NAMES = 5_000
const chunks = new Map<string, Map<number, Span[]>>()
const names = new Map<string, string | undefined>()
let chunkCount = 0

function chunkOf(zone: string, chunk: number): Span[] {
  const known = chunks.get(zone)?.get(chunk)
  if (known) return known
  if (++chunkCount > MOST_CHUNKS) {
    chunks.clear()
    chunkCount = 1
  }
  const spans = loadSpans(zone, chunk * CHUNK, (chunk + 1) * CHUNK)
  const ofZone = chunks.get(zone) ?? new Map<number, Span[]>()
  chunks.set(zone, ofZone.set(chunk, spans))
  return spans
}

/** The one place that asks for clock changes: 400 days of a zone at a time, so a slot never has to. */
function loadSpans(zone: string, from: number, until: number): Span[] {
  const spans: Span[] = []
  let at = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone)
  for (;;) {
    const change = at.getTimeZoneTransition('next')
    const end = Math.min(change?.epochMilliseconds ?? until, until)
    spans.push({ from: at.epochMilliseconds, until: end, offset: at.offsetNanoseconds / 1_000_000 })
    if (!change || change.epochMilliseconds >= until) return spans
    at = change
  }
}

function resolveZone(id: string): string | undefined {
  if (!/^(?!SystemV)[A-Z][A-Z0-9_+\-/]{1,63}$/i.test(id)) return undefined
  if (names.has(id)) return names.get(id)
  if (names.size >= MOST_NAMES) names.clear()
  const zone = lookUpZone(id)
  names.set(id, zone)
  return zone
}

function lookUpZone(id: string): string | undefined {
  try {
    // V8 also takes ICU's own 'IST' or 'CST', which mean several places; Temporal refuses them.
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(id)
    const zone = new Intl.DateTimeFormat('en', { timeZone: id }).resolvedOptions().timeZone
    return RENAMED[zone] ?? zone
  } catch {
    return undefined
  }
}

/** Intl in V8 still answers with these zones' former names; browsers and phones send either. */
const RENAMED: Record<string, string> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Etc/GMT': 'UTC',
  'Etc/UTC': 'UTC',
  'Europe/Kiev': 'Europe/Kyiv',
  GMT: 'UTC',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
}
