import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { accessible, base } from './testing'

for (const width of [390, 1440])
  test(`every part is accessible and fits at ${width} px`, async ({ page }) => {
    test.setTimeout(180_000)
    await page.setViewportSize({ width, height: 900 })
    for (const path of ['', '/public', '/client', '/admin', '/field', '/ops', '?dir=rtl', '?density=work']) {
      await page.goto(`${base}/design${path}`)
      await accessible(page)
    }
  })

test('days are chosen by keyboard, and say what they have', async ({ page }) => {
  await page.goto(`${base}/design`)
  const grid = page.getByRole('grid')
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
  await grid.getByRole('button', { name: /^Tuesday 10 February/ }).focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(focused).toBe('Wednesday 11 February, no free time')
  await page.keyboard.press('Enter')
  await expect(grid.locator('[aria-selected="true"]')).toHaveText('10')
  await page.keyboard.press('ArrowRight')
  await expect.poll(focused).toBe('Thursday 12 February, 5 free times')
  await page.keyboard.press('Enter')
  await expect(grid.locator('[aria-selected="true"]')).toHaveText('12')
  await page.keyboard.press('Home')
  await expect.poll(focused).toMatch(/^Monday 9 February/)
  await page.keyboard.press('PageDown')
  await expect.poll(focused).toMatch(/^Monday 9 March/)
  await expect(page.getByRole('heading', { name: 'March 2026' })).toBeVisible()
  await page.keyboard.press('PageUp')
  await page.keyboard.press('PageUp')
  await expect.poll(focused).toBe('Thursday 5 February, today, 5 free times')
})

test('what opens takes the focus, closes by Escape and gives the focus back', async ({ page }) => {
  await page.goto(`${base}/design`)
  for (const name of ['Cancel the tour…', 'Edit hours', 'Search or run']) {
    const opener = page.getByRole('button', { name })
    await opener.press('Enter')
    const dialog = page.getByRole('dialog')
    await expect(dialog).toBeVisible()
    expect(await dialog.evaluate((one) => one.contains(document.activeElement))).toBe(true)
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(opener).toBeFocused()
  }
  const more = page.getByRole('button', { name: 'More' }).last()
  await more.press('Enter')
  await expect(page.getByRole('menuitem', { name: 'Edit' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(more).toBeFocused()
})

test('a toast offers the way back, above a dialog too', async ({ page }) => {
  await page.goto(`${base}/design`)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or run' }).fill('all day')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Thursday 14:00 – 15:00 is blocked')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('It is free again')).toBeVisible()
})

test('a zone is found by typing and chosen by keyboard', async ({ page }) => {
  await page.goto(`${base}/design`)
  const zone = page.getByRole('combobox', { name: 'Time zone' })
  await zone.fill('sao')
  await page.keyboard.press('Enter')
  await expect(zone).toHaveValue('America/São Paulo')
  await zone.press('ArrowDown')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('listbox')).toBeHidden()
  await expect(zone).toHaveValue('America/São Paulo')
})

test('whatever accent a business sets, what is written on it and in it can be read', async ({ page }) => {
  await page.setContent(
    `<style>${readFileSync(new URL('../app/tokens.css', import.meta.url), 'utf8')}</style><div data-accent></div>`,
  )
  for (const theme of ['light', 'dark']) {
    const low = await lowContrasts(page, theme)
    expect(low.tried).toBe(252)
    expect(low.found).toEqual([])
  }
})

/** The style sheet's own arithmetic, as this browser paints it: 36 hues, 7 lightnesses. */
const lowContrasts = (page: Page, theme: string) =>
  page.evaluate((theme) => {
    const box = document.querySelector('div') as HTMLElement
    const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    if (!pen) throw new Error('There is no canvas to paint on.')
    box.dataset.theme = theme
    const luminance = (token: string) => {
      box.style.color = `var(${token})`
      pen.fillStyle = getComputedStyle(box).color
      pen.fillRect(0, 0, 1, 1)
      const [r = 0, g = 0, b = 0] = [...pen.getImageData(0, 0, 1, 1).data].map((part) => {
        const c = part / 255
        return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const contrast = (one: string, other: string) => {
      const [a, b] = [luminance(one), luminance(other)]
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
    }
    const pairs = [
      ['--on-accent', '--accent-fill', 4.5],
      ['--on-accent', '--accent-press', 4.5],
      ['--accent-text', '--surface', 4.5],
      ['--accent-text', '--canvas', 4.5],
      ['--accent-text', '--sunken', 4.5],
      ['--accent-text', '--accent-soft', 4.5],
      ['--text', '--accent-soft', 4.5],
    ] as const
    const found: string[] = []
    let tried = 0
    for (let hue = 0; hue < 360; hue += 10)
      for (const lightness of [0, 20, 35, 50, 65, 80, 100]) {
        box.style.setProperty('--accent', `hsl(${hue} 85% ${lightness}%)`)
        tried++
        for (const [on, under, least] of pairs) {
          const ratio = contrast(on, under)
          if (ratio < least)
            found.push(`hsl(${hue} 85% ${lightness}%) ${on} on ${under}: ${ratio.toFixed(2)}`)
        }
      }
    return { tried, found }
  }, theme)
