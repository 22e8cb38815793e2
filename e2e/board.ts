import { expect, type Locator, type Page } from '@playwright/test'
import type { House } from './house'
import { base } from './testing'

/** What travels from one browser to another: a change, its hint, and the page drawn again. */
export const heard = { timeout: 10_000 }

export const fitting = { name: 'Fitting', stepMinutes: 30 }

/** A Wednesday at least a week ahead, so that a week around it has not begun. */
export const wednesday = (() => {
  const at = Date.now() + 8 * 86_400_000
  const ahead = (10 - new Date(at).getUTCDay()) % 7
  return new Date(at + ahead * 86_400_000).toISOString().slice(0, 10)
})()

export const after = (date: string, days: number) =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)

/** The instant at which a clock in Berlin shows this on that day. */
export function berlin(date: string, clock: string): string {
  const guess = Date.parse(`${date}T${clock}:00Z`)
  const wall = { timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'short' } as const
  const shown = new Intl.DateTimeFormat('sv-SE', wall).format(guess).replace(' ', 'T')
  return new Date(guess - (Date.parse(`${shown}:00Z`) - guess)).toISOString().replace('.000Z', 'Z')
}

/** Booked by a visitor; where its link leads. */
export async function booked(
  page: Page,
  house: House,
  clock: string,
  name: string,
  later = 0,
): Promise<string> {
  const answer = await page.request.post(`${base}/api/v1/bookings`, {
    data: {
      providerId: house.providerId,
      serviceId: house.serviceId,
      startTime: berlin(after(wednesday, later), clock),
      client: { name, email: 'client@example.com' },
    },
  })
  expect(answer.status(), await answer.text()).toBe(201)
  return ((await answer.json()) as { manageUrl: string }).manageUrl
}

export async function centre(locator: Locator, down = 0.5): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox()
  if (!box) throw new Error('is not to be seen')
  return { x: box.x + box.width / 2, y: box.y + box.height * down }
}

/** Minutes are pixels times a constant: measured between what stands in the calendar, never assumed. */
export async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }) {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x, from.y + 8, { steps: 2 })
  await page.mouse.move(to.x, to.y, { steps: 5 })
  await page.mouse.up()
}

/** Script is at work: keys are heard from now on. */
export const live = (page: Page) => expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
export const calendarOf = (h: House, rest = '') =>
  `${base}/b/${h.slug}/admin/calendar?who=${h.providerId}${rest}`
