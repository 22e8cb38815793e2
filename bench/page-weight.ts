import { gzipSync } from 'node:zlib'
import { type Browser, chromium, type Page } from '@playwright/test'
import { floors, house } from './lib/house'
import { type Bench, type Goal, measure } from './lib/measure'

const most = 60

const floorAndAtMost = (more: number, unit: string): Goal => ({
  text: `≤ floor + ${more} ${unit}`,
  holds: (value, ratio) => ratio !== null && value - value / ratio <= more,
})
const nothing: Goal = { text: '0', holds: (value) => value === 0 }

/** What the page where visitors choose a time costs them, in a browser that has nothing of it yet. */
export const pageWeight: Bench = {
  name: 'page.weight',
  about:
    'gzipped JavaScript that the page where a visitor chooses a time loads, until it is live; `.html`: its document; `.shift`: how far its parts move meanwhile, on a phone and on a desk',
  floor: 'an empty page of the framework',
  async run(stage) {
    const { database, worlds, web } = await house(stage)
    const { framework } = await floors(stage)
    const [world] = worlds
    if (!world) throw new Error('there is nobody to visit')
    const [business] = await database.owner<{ slug: string }[]>`
      select slug from business where tenant_id = ${world.businessId}`
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH || undefined,
      args: ['--no-sandbox'],
    })
    try {
      const on = (width: number) => ({ browser, width, timezoneId: world.zone })
      const empty = await visit(on(1440), `${framework.url}/`, async () => {})
      const live = (page: Page) => page.getByText('Live', { exact: true }).waitFor({ timeout: 20_000 })
      const book = `${web.url}/b/${business?.slug}/book`
      const desk = await visit(on(1440), book, live)
      const phone = await visit(on(390), book, live)
      return [
        measure('page.weight', {
          value: desk.scripts,
          unit: 'kB',
          floor: empty.scripts,
          goal: floorAndAtMost(most, 'kB'),
        }),
        measure('page.weight.html', { value: desk.document, unit: 'kB', floor: empty.document }),
        measure('page.weight.shift', { value: Math.max(desk.shift, phone.shift), unit: '', goal: nothing }),
      ]
    } finally {
      await browser.close()
    }
  },
}

type Weight = { scripts: number; document: number; shift: number }

type On = { browser: Browser; width: number; timezoneId: string }

async function visit(
  { browser, width, timezoneId }: On,
  url: string,
  settled: (page: Page) => Promise<void>,
): Promise<Weight> {
  const viewport = { width, height: 844 }
  const context = await browser.newContext({ viewport, timezoneId, locale: 'en-GB' })
  const page = await context.newPage()
  const bodies: { type: string; body: Promise<Buffer> }[] = []
  page.on('response', (answer) => {
    const type = answer.request().resourceType()
    if (type === 'script' || type === 'document') bodies.push({ type, body: answer.body() })
  })
  await page.goto(url)
  await settled(page)
  const sizes = await Promise.all(
    bodies.map(async ({ type, body }) => ({ type, size: gzipSync(await body).length / 1000 })),
  )
  const of = (wanted: string) =>
    sizes.filter(({ type }) => type === wanted).reduce((sum, { size }) => sum + size, 0)
  const weight = { scripts: of('script'), document: of('document'), shift: await page.evaluate(shiftSoFar) }
  await context.close()
  return weight
}

/** Runs in the page: the sum of all layout shifts until now. */
const shiftSoFar = () =>
  new Promise<number>((resolve) => {
    let sum = 0
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value
    })
    observer.observe({ type: 'layout-shift', buffered: true })
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)))
  })
