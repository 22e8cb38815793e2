import { expect, test } from '@playwright/test'
import postgres from 'postgres'
import { ownHouse } from './house'
import { base, timeButton } from './testing'

/** Some people press everything twice. */
test('pressed twice, a time is held, booked and called off once, and a series booked once', async ({
  browser,
  context,
}) => {
  const { slug, businessId, serviceId } = await ownHouse(context, 'twice', { capacity: 4 })
  const owner = postgres(process.env.E2E_OWNER_URL ?? '', { max: 1, onnotice: () => {} })
  const count = async (table: 'hold' | 'appointment') =>
    (await owner`select count(*)::int as n from ${owner(table)} where tenant_id = ${businessId}`)[0]?.n
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage()
  const times = page.locator('button[name="startTime"]')
  const person = async () => {
    await page.getByLabel('Name').fill('Ida Impatient')
    await page.getByLabel('Email').fill('ida@example.com')
  }
  await page.goto(`${base}/b/${slug}/book?service=${serviceId}`)
  const wanted = (await times.first().getAttribute('value')) ?? ''
  await timeButton(page, wanted).first().dblclick()
  await expect(page.getByRole('heading', { name: 'Your details' })).toBeVisible()
  expect(await count('hold')).toBe(1)
  await person()
  await page.getByRole('button', { name: 'Book this time' }).dblclick()
  await expect(page.getByRole('heading', { name: 'You are booked' })).toBeVisible()
  expect(await count('appointment')).toBe(1)
  await page.getByRole('button', { name: 'Cancel this booking' }).dblclick()
  await expect(page.getByText('Cancelled', { exact: true }).first()).toBeVisible()
  await expect(page.getByText('It was not cancelled')).toHaveCount(0)

  await page.goto(`${base}/b/${slug}/book?service=${serviceId}&repeat=1`)
  await times.first().click()
  await person()
  await page.getByRole('button', { name: 'Book these times' }).dblclick()
  await expect(page.getByRole('heading', { name: 'You are booked' })).toBeVisible()
  expect(await count('appointment')).toBe(11)
  await page.context().close()
  await owner.end()
})
