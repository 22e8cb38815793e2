import { type Browser, expect, type Page, test } from '@playwright/test'
import postgres from 'postgres'
import { assertInvariants } from '../db/invariants'
import { base, place, timeButton } from './testing'

const start = `${base}/b/${place.slug}/book`

test.afterAll(async () => {
  const owner = postgres(process.env.E2E_OWNER_URL ?? '', { max: 1, onnotice: () => {} })
  await assertInvariants(owner)
  await owner.end()
})

const timeButtons = (page: Page) => page.locator('button[name="startTime"]')
async function choose(page: Page, nth: number): Promise<string> {
  const button = timeButtons(page).nth(nth)
  const startTime = (await button.getAttribute('value')) ?? ''
  await button.click()
  await expect(page.getByRole('heading', { name: 'Your details' })).toBeVisible()
  return startTime
}

async function another(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })
  return context.newPage()
}

test('a booking that the business cancels says so on the page that is open', async ({ page, request }) => {
  await page.goto(start)
  await choose(page, 6)
  await page.getByLabel('Name').fill('Wait Ing')
  await page.getByLabel('Email').fill('wait@example.com')
  await page.getByRole('button', { name: 'Book this time' }).click()
  await expect(page.getByText('Confirmed', { exact: true }).first()).toBeVisible()
  const at = new URL(page.url())
  const cancelled = await request.post(`${base}/api/v1${at.pathname}/cancel`, {
    headers: { authorization: `Bearer ${at.searchParams.get('token')}` },
    data: {},
  })
  expect(cancelled.status()).toBe(200)
  await expect(page.getByText('Cancelled', { exact: true }).first()).toBeVisible()
})

test('leaving gives the time back at once, coming back takes it again, and reloading keeps it', async ({
  page,
  browser,
}) => {
  const watcher = await another(browser)
  await page.goto(start)
  // Nobody holds the same time again and again, tried anew neither.
  const wanted = await choose(page, 4 + test.info().retry)
  await watcher.goto(start)
  await expect(timeButton(watcher, wanted)).toHaveCount(0)
  const again = async (comes: () => Promise<unknown>) => {
    const before = new URL(page.url()).searchParams.get('hold')
    await Promise.all([page.waitForURL((url) => url.searchParams.get('hold') !== before), comes()])
    await running()
    await expect(timeButton(watcher, wanted)).toHaveCount(0)
  }
  // The clock runs: the page knows when it is left.
  const running = () => expect(page.getByRole('timer')).toHaveText(/[1-9]/)
  await running()
  await again(() => page.reload({ waitUntil: 'commit' }))
  const left = page.url()
  await page.goto(`${base}/`)
  await expect(timeButton(watcher, wanted).first()).toBeVisible()
  await again(() => page.goto(left, { waitUntil: 'commit' }))
  await page.getByRole('button', { name: 'Choose another time' }).click()
  await expect(timeButton(watcher, wanted).first()).toBeVisible()
  await watcher.context().close()
})

test('faster by a moment: the other is offered the nearest three', async ({ page, browser }) => {
  const faster = await another(browser)
  await page.goto(start)
  await faster.goto(start)
  // The page of the slower one does not hear of it in time: what it pressed is gone when the server is asked.
  await page.route('**/api/health', (route) => route.abort())
  const wanted = await choose(faster, 5)
  await timeButtons(page)
    .first()
    .evaluate((button, startTime) => {
      button.setAttribute('value', startTime)
      ;(button as HTMLButtonElement).click()
    }, wanted)
  const near = page.getByRole('alert').filter({ hasText: 'Someone was faster' })
  await expect(near.locator('button[name="startTime"]')).toHaveCount(3)
  await near.locator('button[name="startTime"]').first().click()
  await expect(page.getByRole('heading', { name: 'Your details' })).toBeVisible()
  await faster.context().close()
})

test('by keyboard alone', async ({ page }) => {
  await page.goto(start)
  await expect(page.getByRole('status')).toHaveText('Live')
  const days = page.getByRole('grid')
  await days.getByRole('link').first().focus()
  await page.keyboard.press('PageDown')
  await expect(page).toHaveURL(/month=/)
  await expect(days.locator('a:focus')).toHaveAttribute('aria-label', /free times/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/day=/)
  const times = page.locator('section[aria-live] button[name="startTime"]')
  await times.first().focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Your details' })).toBeVisible()
  await page.getByLabel('Name').focus()
  await page.keyboard.type('Kay Board')
  await page.keyboard.press('Tab')
  await page.keyboard.type('kay@example.com')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'You are booked' })).toBeVisible()
})

test.describe('without script, in German', () => {
  test.use({ javaScriptEnabled: false, locale: 'de-DE' })

  test('from the business’s page to a booking that is cancelled', async ({ page }) => {
    await page.goto(start)
    await expect(page.getByRole('heading', { name: 'Nächste freie Zeiten' })).toBeVisible()
    await page.locator('button[name="startTime"]').nth(2).click()
    await expect(page.getByText(/Für Sie reserviert bis/)).toBeVisible()
    await page.getByRole('button', { name: 'Diese Zeit buchen' }).click()
    await expect(page.getByText('Geben Sie Ihren Namen an.')).toBeVisible()
    await page.getByLabel('Name').fill('Ohne Skript')
    await page.getByLabel('E-Mail').fill('ohne@example.com')
    await page.getByRole('button', { name: 'Diese Zeit buchen' }).click()
    await expect(page.getByRole('heading', { name: 'Sie haben gebucht' })).toBeVisible()
    await page.getByRole('button', { name: 'Diese Buchung absagen' }).click()
    await expect(page.getByRole('link', { name: 'Andere Zeit buchen' })).toBeVisible()
  })
})
