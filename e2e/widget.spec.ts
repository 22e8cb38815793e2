import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@playwright/test'
import { base, place, shifted, watchConsole } from './testing'

/** Somebody else's page, on another site than ours, with our two lines in it. */
async function someonesPage() {
  const html = `<!doctype html><html lang="en"><title>Somebody's page</title><h1>Somebody's page</h1>
    <div data-slotwise="${place.slug}" style="min-height: 760px"></div>
    <script src="${base}/embed.js" async></script><p>After it.</p></html>`
  const server = createServer((_, res) => res.writeHead(200, { 'content-type': 'text/html' }).end(html))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, close: () => new Promise((resolve) => server.close(resolve)) }
}

test.use({ timezoneId: 'America/New_York' })

for (const width of [390, 1440])
  test(`at ${width} px somebody books inside another page, which gets as high as it needs`, async ({
    page,
  }) => {
    const site = await someonesPage()
    const errors = watchConsole(page)
    await page.setViewportSize({ width, height: 900 })
    await page.goto(site.url)
    const frame = page.frameLocator('iframe')
    const time = frame.locator('button[name="startTime"]').first()
    await expect(time).toBeVisible()
    await expect(frame.getByText('Times in America/New York')).toBeVisible()
    await expect(frame.getByRole('banner')).toBeHidden()
    expect(await shifted(page)).toBe(0)
    await time.click()
    await frame.getByLabel('Name').fill('Wida Beispiel')
    await frame.getByLabel('Email').fill('wida')
    await frame.getByRole('button', { name: 'Book this time' }).click()
    await expect(frame.getByText('Enter an address like name@example.com.')).toBeVisible()
    await expect(frame.getByLabel('Name')).toHaveValue('Wida Beispiel')
    await frame.getByLabel('Email').fill('wida@example.com')
    await frame.getByRole('button', { name: 'Book this time' }).click()
    await expect(frame.getByRole('heading', { name: 'You are booked' })).toBeVisible()
    const inside = await page.locator('iframe').evaluate((one) => one.getBoundingClientRect().height)
    await expect
      .poll(() => frame.locator('body').evaluate((body) => body.scrollHeight - window.innerHeight))
      .toBeLessThan(2)
    expect(inside).toBeGreaterThan(319)
    await frame.getByRole('button', { name: 'Cancel this booking' }).click()
    await expect(frame.getByText('Cancelled', { exact: true }).first()).toBeVisible()
    const beside = page.waitForEvent('popup')
    await frame.locator(`main a[href="/b/${place.slug}"]`).click()
    await expect(await beside).toHaveURL(`${base}/b/${place.slug}`)
    expect(errors).toEqual([])
    await site.close()
  })

test('the example page shows the booking in it', async ({ page }) => {
  await page.goto(`${base}/b/${place.slug}/widget`)
  await expect(page.frameLocator('iframe').locator('button[name="startTime"]').first()).toBeVisible()
  await page.frameLocator('iframe').locator('button[name="startTime"]').first().click()
  await expect(page.frameLocator('iframe').getByLabel('Name')).toBeVisible()
})

test('what is not made for it is shown in nobody else’s page', async ({ request }) => {
  const framed = { 'sec-fetch-dest': 'iframe' }
  const policy = async (path: string) =>
    (await request.get(base + path, { headers: framed })).headers()['content-security-policy']
  for (const path of [`/b/${place.slug}/book`, '/errors/unavailable'])
    expect(await policy(path), path).toContain('frame-ancestors *')
  for (const path of ['/', '/sign-in', '/me', `/b/${place.slug}`, `/b/${place.slug}/admin`, '/b/book/admin'])
    expect(await policy(path), path).toContain("frame-ancestors 'none'")
  const alone = await request.get(`${base}/b/${place.slug}/book`)
  expect(alone.headers()['content-security-policy']).toContain("frame-ancestors 'none'")
})
