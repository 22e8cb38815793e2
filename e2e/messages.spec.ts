import { expect, test } from '@playwright/test'
import postgres from 'postgres'
import { assertInvariants } from '../db/invariants'
import { mailTo } from '../db/testing-mail'
import { signedIn } from './house'
import { base, clean } from './testing'

const place = JSON.parse(process.env.E2E_PLACE ?? '{}') as {
  providerId: string
  serviceId: string
  slug: string
}

test.afterAll(async () => {
  const owner = postgres(process.env.E2E_OWNER_URL ?? '', { max: 1, onnotice: () => {} })
  await assertInvariants(owner)
  await owner.end()
})

test('whoever gets a mail says by its link what they want to hear of, and follows their appointments', async ({
  browser,
}) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 } })
  const page = await context.newPage()
  const owner = postgres(process.env.E2E_OWNER_URL ?? '', { max: 1, onnotice: () => {} })
  const days = `/api/v1/providers/${place.providerId}/availability?days=20&startDate=${new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10)}`
  const { days: offered } = (await (await context.request.get(base + days)).json()) as {
    days: { slots: { startTime: string }[] }[]
  }
  const startTime = offered.flatMap((day) => day.slots)[0]?.startTime
  const nth = `${test.info().repeatEachIndex}-${test.info().retry}`
  const client = { name: 'Pema Lhamo', email: `pema${nth}@messages.example`, phone: '+977 1 4123456' }
  const booked = await context.request.post(`${base}/api/v1/bookings`, {
    data: { providerId: place.providerId, serviceId: place.serviceId, startTime, client },
    headers: { origin: base, 'idempotency-key': `messages-journey-${nth}` },
  })
  expect(booked.status()).toBe(201)
  const { manageUrl } = (await booked.json()) as { manageUrl: string }
  const mail = await mailTo(owner, client.email)
  await owner.end()

  await page.goto(/https?:\S+\/mails\/\S+/.exec(mail.text)?.[0] ?? '')
  await expect(page.getByText('What you must know of a booking always comes by mail.')).toBeVisible()
  await clean(page)
  const reminders = page.getByRole('group', { name: 'Reminders' })
  await reminders.getByLabel('By mail').uncheck()
  await reminders.getByLabel('By SMS').check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  await expect(reminders.getByLabel('By mail')).not.toBeChecked()
  await expect(reminders.getByLabel('By SMS')).toBeChecked()

  const here = new URL(page.url())
  here.pathname += '/end'
  here.searchParams.set('kind', 'waiting')
  expect((await context.request.get(here.href)).url()).not.toContain('ended')
  const ended = await context.request.post(here.href, { form: { 'List-Unsubscribe': 'One-Click' } })
  expect(ended.ok()).toBe(true)
  await page.reload()
  await expect(page.getByRole('group', { name: 'Waiting lists' }).getByLabel('By mail')).not.toBeChecked()

  await page.goto(manageUrl)
  await expect(page.getByText(/all your appointments/i)).toBeVisible()
  const feed = /https?:\S+\.ics/.exec(mail.text)?.[0] ?? ''
  const file = await context.request.get(feed)
  expect(file.headers()['content-type']).toContain('text/calendar')
  expect(await file.text()).toContain('BEGIN:VEVENT')
  const etag = file.headers().etag ?? ''
  expect((await context.request.get(feed, { headers: { 'if-none-match': etag } })).status()).toBe(304)
  expect((await context.request.get(feed.replace(/[^/]+\.ics$/, 'x.ics'))).status()).toBe(404)
  await context.close()
})

test('whoever runs a business reads what was sent and says it in their own words', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const slug = `messages-${test.info().repeatEachIndex}`
  const call = await signedIn(context, { email: `${slug}@example.com` })
  await call('business.create', { name: 'Brightwater', slug, timeZone: 'Europe/Berlin' })
  const page = await context.newPage()
  await page.goto(`${base}/b/${slug}/admin/messages`)
  await expect(page.getByText('No messages yet')).toBeVisible()
  await clean(page)
  await page.getByRole('link', { name: 'Change the words of mails' }).click()
  await page.getByRole('link', { name: 'When a booking is confirmed' }).first().click()
  await expect(page.getByRole('heading', { name: 'When a booking is confirmed' })).toBeVisible()
  await page.getByLabel('Subject').fill('See you at {place}')
  await expect(page.getByText('{place} means nothing here.')).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Please check what is marked below.')).toBeVisible()
  await page.getByLabel('Subject').fill('See you at {business}')
  await expect(page.getByText('See you at Brightwater')).toBeVisible()
  await clean(page)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved.')).toBeVisible()
  await page.getByRole('button', { name: 'Back to our words' }).click()
  await expect(page.getByLabel('Subject')).toHaveValue('Confirmed: {service}, {when}')
  await context.close()
})
