import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'

const base = process.env.E2E_URL ?? ''
const password = 'correct horse battery'

for (const width of [390, 1440])
  test(`at ${width} px the menus open and close by keyboard, within the page`, async ({ page, context }) => {
    await page.setViewportSize({ width, height: 900 })
    const email = `menus-${width}-${Date.now()}@example.com`
    const slug = `menus-${width}-${Date.now()}`
    for (const [path, data] of [
      ['auth/sign-up/email', { email, password, name: 'Nora Quill' }],
      ['auth/sign-in/email', { email, password }],
      ['trpc/business.create', { name: 'Menu Mill', slug, timeZone: 'Europe/Berlin' }],
    ] as const)
      expect(
        (await context.request.post(`${base}/api/${path}`, { data, headers: { origin: base } })).ok(),
      ).toBe(true)
    for (const [path, name, entry] of [
      ['/', /Menu$/, 'Menu Mill Owner'],
      [`/b/${slug}/admin`, /Switch business or role$/, 'Menu Mill Owner'],
      [`/b/${slug}/admin`, /Menu$/, 'Your account'],
    ] as const) {
      await page.goto(base + path)
      const opener = page.getByRole('button', { name })
      await opener.focus()
      await page.keyboard.press('Enter')
      const panel = page.locator('[popover]:popover-open')
      await expect(panel.getByRole('link', { name: entry })).toBeVisible()
      const box = await panel.boundingBox()
      expect(box && box.x >= 0 && box.x + box.width <= width && box.y + box.height <= 900).toBe(true)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map((v) => `${path}: ${v.id} ${v.nodes[0]?.html}`)).toEqual([])
      await page.keyboard.press('Tab')
      await expect(panel.locator(':focus')).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(panel).toHaveCount(0)
      await expect(opener).toBeFocused()
    }
  })
