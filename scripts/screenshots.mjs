import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { findChromium } from './lib/chromium.mjs'
import { root } from './lib/paths.mjs'
import { main } from './lib/screen.mjs'

const usage =
  'npm run screenshots -- http://localhost:3000   (a running demo; DATA_DIR as it was started with)'

/** Pictures of the main screens of a running demo, into docs/screenshots. */
await main(async () => {
  const base = process.argv[2]?.replace(/\/$/, '')
  if (!base) throw new Error(usage)
  const people = JSON.parse(readFileSync(join(process.env.DATA_DIR ?? '.data', 'demo.json'), 'utf8'))
  const owner = people.find((p) => p.role === 'owner')
  const folder = join(root, 'docs', 'screenshots')
  mkdirSync(folder, { recursive: true })
  const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox'] })
  for (const [width, colorScheme] of [
    [390, 'light'],
    [1440, 'light'],
    [1440, 'dark'],
  ]) {
    const viewport = { width, height: width === 390 ? 844 : 900 }
    const context = await browser.newContext({
      viewport,
      colorScheme,
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
    })
    const page = await context.newPage()
    const shoot = (name) => page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`) })
    await visitor(page, base, shoot)
    await keeper(page, base, owner, shoot)
    await context.close()
  }
  await browser.close()
})

async function visitor(page, base, shoot) {
  await page.goto(`${base}/`)
  await shoot('home')
  await page.goto(`${base}/b/demo-physio/book`)
  await page.locator('main a[href*="service="]').first().click()
  await page.getByText('Live', { exact: true }).waitFor()
  await shoot('times')
  await page.locator('button[name="startTime"]').first().click()
  await page.getByText(/Held for you/).waitFor()
  await shoot('details')
  await page.getByLabel('Name').fill('Demo Visitor')
  await page.getByLabel('Email').fill('visitor@demo.example')
  await page.getByRole('button', { name: 'Book this time' }).click()
  await page.getByRole('heading', { name: 'You are booked' }).waitFor()
  await shoot('booked')
  await page.getByRole('button', { name: 'Cancel this booking' }).click()
  await page.getByText('Cancelled', { exact: true }).waitFor()
}

async function keeper(page, base, { email, password }, shoot) {
  await page.goto(`${base}/sign-in`)
  await shoot('sign-in')
  await page.request.post(`${base}/api/auth/sign-in/email`, {
    data: { email, password },
    headers: { origin: base },
  })
  const live = () => page.getByText('Live', { exact: true }).first().waitFor()
  await page.goto(`${base}/b/demo-physio/admin`)
  await live()
  await shoot('today')
  await page.goto(`${base}/b/demo-physio/admin/calendar`)
  await live()
  await shoot('calendar')
}
