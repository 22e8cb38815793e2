import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** What the specs share: the place of global-setup.ts, and how a page is looked at. */
export const base = process.env.E2E_URL ?? ''
export const place = JSON.parse(process.env.E2E_PLACE ?? '{}') as {
  slug: string
  providerId: string
  serviceId: string
}

/** Everything that a page complains about from now on. */
export function watchConsole(page: Page): string[] {
  const said: string[] = []
  page.on('console', (m) => m.type() === 'error' && said.push(`${m.text()} ${m.location().url}`))
  page.on('pageerror', (e) => said.push(String(e)))
  return said
}

type Looking = {
  /** What is not ours to mend: a mail's own frame. */
  beside?: string
  /** Everything else was looked at in another scheme already. */
  coloursOnly?: boolean
}

/** There is nothing to object to in the page as it stands, and it is no wider than its screen. */
export async function clean(page: Page, { beside, coloursOnly }: Looking = {}): Promise<void> {
  // Looks at one frame, and so need not open a page of its own each time.
  const builder = new AxeBuilder({ page }).setLegacyMode(true)
  if (beside) builder.exclude(beside)
  if (coloursOnly) builder.withRules(['color-contrast', 'link-in-text-block'])
  const { violations } = await builder.analyze()
  expect(violations.map((v) => `${page.url()}: ${v.id} ${v.nodes[0]?.html}`)).toEqual([])
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(wide, `${page.url()} is wider than its screen`).toBeLessThan(1)
}

/** The same in light and in dark. */
export async function accessible(page: Page, { beside }: Pick<Looking, 'beside'> = {}): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await clean(page, { beside, coloursOnly: colorScheme === 'dark' })
  }
}

/** How far the parts of a page have moved since it was opened, by themselves. */
export const shifted = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const { value, hadRecentInput } = entry as PerformanceEntry & {
              value: number
              hadRecentInput: boolean
            }
            if (!hadRecentInput) sum += value
          }
        }).observe({ type: 'layout-shift', buffered: true })
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)))
      }),
  )

export const timeButton = (page: Page, startTime: string) =>
  page.locator(`button[name="startTime"][value="${startTime}"]`)
