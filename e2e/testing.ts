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

/** Nothing to object to in light and in dark, and no wider than its screen. */
export async function accessible(page: Page, { beside }: { beside?: string } = {}): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const builder = new AxeBuilder({ page })
    const { violations } = await (beside ? builder.exclude(beside) : builder).analyze()
    const where = `${new URL(page.url()).pathname} ${colorScheme}`
    expect(violations.map((v) => `${where}: ${v.id} ${v.nodes[0]?.html}`)).toEqual([])
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(wide, `${page.url()} is wider than its screen`).toBeLessThan(1)
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
