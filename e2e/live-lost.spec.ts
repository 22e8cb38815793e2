import { expect, type Page, test } from '@playwright/test'
import { signedIn } from './house'
import { base, place, shifted, watchConsole } from './testing'
import { openRoad, type Road } from './testing-road'

let road: Road
test.beforeEach(async () => {
  road = await openRoad(base)
})
test.afterEach(() => road.end())

/** Lets the page's time pass until it says so: what it does every 15 s it does at once. */
async function says(page: Page, words: string | RegExp) {
  await expect(async () => {
    await page.clock.fastForward(5000)
    await expect(page.getByRole('status').first()).toHaveText(words, { timeout: 250 })
  }).toPass()
}
async function becomes(page: Page, holds: () => Promise<void>) {
  await expect(async () => {
    await page.clock.fastForward(5000)
    await holds()
  }).toPass()
}

test('the stream of a provider’s page is killed, then the way to the server: it says so, becomes right all the same, and recovers', async ({
  page,
  request,
}) => {
  const errors = watchConsole(page)
  const quick = { timeout: 250 }
  await page.clock.install()
  await page.goto(`${road.url}/b/${place.slug}/${place.providerId}`)
  await expect(page.getByRole('status')).toHaveText('Live')
  const wanted = (await page.locator('main time').last().getAttribute('datetime')) ?? ''
  const time = page.locator(`time[datetime="${wanted}"]`)

  road.be('without streams')
  await says(page, 'Every 15 s')
  expect(await shifted(page)).toBe(0)
  const booked = await request.post(`${base}/api/v1/bookings`, {
    data: { ...ids, startTime: wanted, client: { name: 'Pol Ling', email: 'pol@example.com' } },
  })
  expect(booked.status()).toBe(201)
  await becomes(page, () => expect(time).toBeHidden(quick))
  await expect(page.getByRole('status')).toHaveText('Every 15 s')

  road.be('closed')
  await says(page, /^Offline, as of \d\d:\d\d$/)
  const { id, manageToken } = (await booked.json()) as { id: string; manageToken: string }
  await request.post(`${base}/api/v1/bookings/${id}/cancel`, {
    headers: { authorization: `Bearer ${manageToken}` },
    data: {},
  })
  await expect(time).toBeHidden()

  road.be('open')
  await says(page, 'Live')
  await becomes(page, () => expect(time).toBeVisible(quick))
  // What could not be reached is what the browser itself complains about; the page does not.
  expect(errors.filter((said) => !/Failed to load resource/.test(said))).toEqual([])
})

test('so does the calendar of those who work there', async ({ page }) => {
  const slug = `road-${Date.now()}`
  const timeZone = 'Europe/Berlin'
  const call = await signedIn(page, { name: 'Road Works', email: `${slug}@example.com` })
  const { businessId } = await call('business.create', { name: 'Road House', slug, timeZone })
  const rules = { timeZone, weekly: {}, overrides: {} }
  const { providerId } = await call('provider.create', { businessId, name: 'Rhoda', rules })
  const date = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)
  const block = (hour: number) =>
    call('calendar.block', {
      businessId,
      providerId,
      startTime: `${date}T${hour}:00:00Z`,
      endTime: `${date}T${hour + 1}:00:00Z`,
    })
  const shows = (count: number) =>
    expect(page.getByRole('link', { name: /Blocked/ })).toHaveCount(count, { timeout: 250 })

  await page.clock.install()
  await page.goto(`${road.url}/b/${slug}/admin/calendar?view=day&date=${date}`)
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  road.be('without streams')
  await says(page, 'Every 15 s')
  expect(await shifted(page)).toBe(0)
  await block(10)
  await becomes(page, () => shows(1))
  road.be('closed')
  await says(page, /^Offline, as of/)
  await block(12)
  road.be('open')
  await says(page, 'Live')
  await becomes(page, () => shows(2))
})

const ids = { providerId: place.providerId, serviceId: place.serviceId }
