import { expect, test } from '@playwright/test'
import { signedIn } from './house'
import { base, clean } from './testing'

for (const width of [390, 1440])
  test(`at ${width} px the menus open and close by keyboard, within the page`, async ({ page, context }) => {
    await page.setViewportSize({ width, height: 900 })
    const slug = `menus-${width}-${Date.now()}`
    const call = await signedIn(context, { email: `${slug}@example.com` })
    await call('business.create', { name: 'Menu Mill', slug, timeZone: 'Europe/Berlin' })
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
      await clean(page)
      await page.keyboard.press('Tab')
      await expect(panel.locator(':focus')).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(panel).toHaveCount(0)
      await expect(opener).toBeFocused()
    }
  })
