import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@playwright/test'
import { ownHouse } from './house'
import { accessible, base, watchConsole } from './testing'

const dayAhead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** A calendar on this machine: busy all of one day. */
async function calendarBusyOn(date: string) {
  const day = date.replaceAll('-', '')
  const file = `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1@e2e\r\nDTSTART;VALUE=DATE:${day}\r\nEND:VEVENT\r\nEND:VCALENDAR`
  const server = createServer((_, response) => response.end(file))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/busy.ics`, close: () => server.close() }
}

test('another calendar is connected: its times are gone for visitors, until it is disconnected', async ({
  page,
  context,
  browser,
}) => {
  const errors = watchConsole(page)
  const house = await ownHouse(context, 'elsewhere')
  const date = dayAhead(3)
  const there = await calendarBusyOn(date)
  const visitor = await (await browser.newContext({ locale: 'en-GB' })).newPage()
  await visitor.goto(`${base}/b/${house.slug}/book?service=${house.serviceId}&day=${date}`)
  const times = visitor.locator(`button[name="startTime"][value^="${date}"]`)
  await expect(times.first()).toBeVisible()

  await page.goto(`${base}/b/${house.slug}/admin/providers/${house.providerId}`)
  const card = page.locator('#outside')
  await card.getByLabel('Its address').fill('somewhere')
  await card.getByRole('button', { name: 'Connect' }).click()
  await expect(card.getByText('Enter the address of a calendar')).toBeVisible()
  await card.getByLabel('Its address').fill(there.url)
  await card.getByLabel('Name for it').fill('At home')
  await card.getByRole('button', { name: 'Connect' }).click()
  await expect(card.getByText('1 busy time until')).toBeVisible()
  await accessible(page)
  await expect(times).toHaveCount(0)

  await page.goto(`${base}/b/${house.slug}/admin/calendar?view=agenda&date=${date}`)
  await expect(page.getByText('Busy elsewhere').first()).toBeVisible()
  await page.goto(`${base}/b/${house.slug}/admin/providers/${house.providerId}`)
  await card.getByRole('button', { name: 'Disconnect' }).click()
  await expect(card.getByText('No other calendar counts yet.')).toBeVisible()
  await expect(times.first()).toBeVisible()
  there.close()
  await visitor.context().close()
  expect(errors).toEqual([])
})

test('public holidays are chosen by region and closed, one of them kept open', async ({ page, context }) => {
  const house = await ownHouse(context, 'holidays')
  const path = `${base}/b/${house.slug}/admin/providers/${house.providerId}`
  await page.goto(path)
  const card = page.locator('#holidays')
  await expect(card.getByLabel('Country')).toHaveValue('DE')
  await card.getByLabel('Region').selectOption('DE-BE')
  // Only Berlin has that one: the page is the region's.
  await expect(card.getByLabel("International Women's Day")).toBeChecked()
  await card.getByLabel('Good Friday').uncheck()
  await card.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(card.getByText('Closed on the public holidays of Berlin.')).toBeVisible()
  await expect(card.getByLabel('Good Friday')).not.toBeChecked()
  await expect(card.getByLabel('Easter Monday')).toBeChecked()
})
