import { expect, test } from '@playwright/test'
import sharp from 'sharp'
import { signedIn } from './house'
import { accessible, base, watchConsole } from './testing'

test('a logo is handed in, seen by visitors, and what is no picture is refused', async ({ page }) => {
  const errors = watchConsole(page)
  const slug = `logo-${Date.now()}`
  const call = await signedIn(page, { name: 'Lo Go', email: `${slug}@example.com` })
  await call('business.create', { name: 'Logo House', slug, timeZone: 'Europe/Berlin' })
  await page.goto(`${base}/b/${slug}/admin/business`)
  const hand = async (name: string, buffer: Buffer) => {
    await page.getByLabel('Picture').setInputFiles({ name, mimeType: 'image/png', buffer })
    await page.getByRole('button', { name: 'Save the logo' }).click()
  }
  await hand('page.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))
  await expect(page.getByText('Choose a PNG, JPEG or WebP picture')).toBeVisible()
  await accessible(page)
  await hand('huge.png', Buffer.alloc(1_500_000))
  await expect(page.getByRole('heading', { name: 'Too large' })).toBeVisible()
  await page.goBack()
  await hand(
    'logo.png',
    await sharp({ create: { width: 400, height: 300, channels: 3, background: '#c00000' } })
      .png()
      .toBuffer(),
  )
  await expect(page.getByText('Saved.')).toBeVisible()
  await accessible(page)
  await page.goto(`${base}/b/${slug}/book`)
  const image = page.locator('header img')
  await expect.poll(() => image.evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBe(256)
  const address = (await image.getAttribute('src')) ?? ''
  const answer = await page.request.get(base + address)
  expect(answer.headers()).toMatchObject({
    'content-type': 'image/png',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  })
  const older = await page.request.get(base + address.replace(/.{22}$/, 'x'.repeat(22)), { maxRedirects: 0 })
  expect([older.status(), older.headers().location]).toEqual([302, address])
  expect(errors).toEqual([])
})
