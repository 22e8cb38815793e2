import { type APIRequestContext, expect, type Page, test } from '@playwright/test'
import postgres from 'postgres'
import { assertInvariants } from '../db/invariants'
import { accessible, base, place, watchConsole } from './testing'

test.afterAll(async () => {
  const owner = postgres(process.env.E2E_OWNER_URL ?? '', { max: 1, onnotice: () => {} })
  await assertInvariants(owner)
  await owner.end()
})

async function freeTimes(request: APIRequestContext): Promise<string[]> {
  const answer = await request.get(`${base}/api/v1/providers/${place.providerId}/availability`)
  const body = (await answer.json()) as { days: { slots: { startTime: string }[] }[] }
  return body.days.flatMap((d) => d.slots.map((s) => s.startTime))
}

async function book(request: APIRequestContext, startTime: string) {
  const client = { name: 'Journey Person', email: 'journey@example.com' }
  const answer = await request.post(`${base}/api/v1/bookings`, {
    data: { providerId: place.providerId, serviceId: place.serviceId, startTime, client },
  })
  expect(answer.status()).toBe(201)
  return (await answer.json()) as { id: string; manageToken: string; manageUrl: string }
}

const time = (page: Page, startTime: string) => page.locator(`time[datetime="${startTime}"]`)

for (const width of [390, 1440])
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height: 900 } })

    test('a visitor finds a provider, and sees a time go and come back as others book and cancel', async ({
      page,
      request,
    }) => {
      const errors = watchConsole(page)
      await page.goto(base)
      await page.getByRole('searchbox').fill('Ada')
      await page.keyboard.press('Enter')
      await page.getByRole('link', { name: /Ada Test/ }).click()
      await expect(page.getByRole('heading', { name: 'Ada Test' })).toBeVisible()
      await expect(page.getByText('Live', { exact: false }).first()).toBeVisible()
      const wanted = (await freeTimes(request)).at(-3) as string
      await expect(time(page, wanted)).toBeVisible()
      const booked = await book(request, wanted)
      await expect(time(page, wanted)).toBeHidden()
      const cancelled = await request.post(`${base}/api/v1/bookings/${booked.id}/cancel`, {
        headers: { authorization: `Bearer ${booked.manageToken}` },
        data: {},
      })
      expect(cancelled.status()).toBe(200)
      await expect(time(page, wanted)).toBeVisible()
      expect(errors).toEqual([])
    })

    test('the holder of a link sees the booking and cancels it, by keyboard', async ({ page, request }) => {
      const { manageUrl } = await book(request, (await freeTimes(request)).at(-5) as string)
      await page.goto(manageUrl)
      await expect(page.getByText('Confirmed').first()).toBeVisible()
      await page.getByRole('button', { name: 'Cancel this booking' }).focus()
      await page.keyboard.press('Enter')
      await expect(page.getByText('Cancelled', { exact: true }).first()).toBeVisible()
    })

    test('every page is accessible', async ({ page, request }) => {
      const { manageUrl } = await book(request, (await freeTimes(request)).at(-7) as string)
      const own = `${base}/b/${place.slug}`
      for (const url of [
        base,
        own,
        `${own}/${place.providerId}`,
        manageUrl,
        `${base}/errors/slot_taken`,
        `${base}/nowhere`,
      ]) {
        await page.goto(url)
        await accessible(page)
      }
    })
  })

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false })

  test('times are there, and a booking is cancelled by its form', async ({ page, request }) => {
    const wanted = (await freeTimes(request)).at(-9) as string
    await page.goto(`${base}/b/${place.slug}/${place.providerId}`)
    await expect(time(page, wanted)).toBeVisible()
    const { manageUrl } = await book(request, wanted)
    await page.goto(manageUrl)
    await page.getByRole('button', { name: 'Cancel this booking' }).click()
    await expect(page.getByText('Cancelled', { exact: true }).first()).toBeVisible()
  })
})
