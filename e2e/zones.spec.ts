import { expect, test } from '@playwright/test'
import postgres from 'postgres'
import { closePools } from '../db/client'
import { testWorld } from '../db/testing-world'
import { DAY, formatInstant, spansOf, toInstant, toLocal } from '../server/core/time'
import { base } from './testing'

const newYork = 'America/New_York'
const kathmandu = 'Asia/Kathmandu'

test.use({ timezoneId: kathmandu, locale: 'en-GB' })
test.afterAll(() => closePools())

/** The next day on which New York's clocks change, and ten in the morning of it. */
function acrossTheChange(): { date: string; startTime: string } {
  const from = Date.now() + 3 * DAY
  const [, next] = spansOf(newYork, from, from + 300 * DAY)
  if (!next) throw new Error('New York keeps its clocks')
  const { date } = toLocal(newYork, next.from)
  return { date, startTime: formatInstant(toInstant(newYork, date, 600).instant) }
}

test('a visitor in Kathmandu, a provider in New York, on the day of a clock change: one instant everywhere', async ({
  page,
}) => {
  const world = await testWorld({ windowDays: 400 }, newYork)
  const owner = postgres(process.env.E2E_OWNER_URL ?? '', { max: 1, onnotice: () => {} })
  const [business] = await owner<
    { slug: string }[]
  >`select slug from business where tenant_id = ${world.businessId}`
  const { date, startTime } = acrossTheChange()
  const there = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: newYork }).format(
    Date.parse(startTime),
  )
  const here = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: kathmandu }).format(
    Date.parse(startTime),
  )
  expect(there).toBe('10:00')

  await page.goto(`${base}/b/${business?.slug}/book?day=${toLocal(kathmandu, Date.parse(startTime)).date}`)
  await expect(page.getByText(/Times in Asia\/Kath?mandu/)).toBeVisible()
  const button = page.locator(`section[aria-live] button[value="${startTime}"]`)
  await expect(button).toContainText(here)
  await button.click()
  await page.getByLabel('Name').fill('Kat Mandu')
  await page.getByLabel('Email').fill('kat@example.com')
  await page.getByRole('button', { name: 'Book this time' }).click()
  await expect(page.getByRole('heading', { name: 'You are booked' })).toBeVisible()
  const shown = page.locator(`time[datetime="${startTime}"]`)
  await expect(shown.first()).toContainText(there)
  await expect(shown.last()).toContainText(here)

  const booked = page.url()
  const id = /bookings\/([0-9a-f-]+)/.exec(booked)?.[1] ?? ''
  const [row] = await owner<{ at: Date }[]>`select starts_at as at from appointment where id = ${id}`
  expect(formatInstant(row?.at.getTime() ?? 0)).toBe(startTime)

  const file = await page.request.get(
    `${base}/bookings/${id}/calendar?token=${new URL(booked).searchParams.get('token')}`,
  )
  expect(await file.text()).toContain(`DTSTART:${startTime.replace(/[-:]/g, '')}`)

  const mail = page.getByRole('list', { name: 'Mails' }).getByRole('link').first()
  await expect(async () => {
    await page.goto(`${base}/mailbox?q=kat@example.com`)
    await expect(mail).toBeVisible({ timeout: 1000 })
  }).toPass({ timeout: 30_000 })
  await mail.click()
  await expect(page.locator('iframe')).toBeVisible()
  const letter = page.frameLocator('iframe').locator('body')
  await expect(letter).toContainText(there)
  // The letter is written as English is read anywhere: by the twelve-hour clock.
  const [twelve = ''] = new Intl.DateTimeFormat('en', { timeStyle: 'short', timeZone: kathmandu })
    .format(Date.parse(startTime))
    .split(/\s/)
  await expect(letter).toContainText(twelve)
  expect(date).toBe(toLocal(newYork, Date.parse(startTime)).date)
  await owner.end()
})
