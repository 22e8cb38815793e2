import { expect, type Page, test } from '@playwright/test'
import postgres from 'postgres'
import { assertInvariants } from '../db/invariants'
import { signedIn } from './house'
import { accessible, base, watchConsole } from './testing'

/** How fast it is, the benches say; here it must only come to pass by itself. */
const within = { timeout: 8000 }
/** For pages that first ask whether the server is there: three round trips, on a machine with other work. */
const soon = { timeout: 10_000 }

test.afterAll(async () => {
  const owner = postgres(process.env.E2E_OWNER_URL ?? '', { max: 1, onnotice: () => {} })
  await assertInvariants(owner)
  await owner.end()
})

async function firstRun(page: Page, name: string, slug: string) {
  await page.goto(`${base}/start`)
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Address of your page').fill(slug)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Service', { exact: true }).fill('First talk')
  await page.getByLabel('Price').fill('forty')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('Enter a price like 45')).toBeVisible()
  await expect(page.getByLabel('Service', { exact: true })).toHaveValue('First talk')
  await page.getByLabel('Price').fill('45.50')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Who do they book?').fill('Ines Carvalho')
  for (const day of ['Saturday', 'Sunday']) {
    await page.getByLabel(`${day}, from`).fill('09:00')
    await page.getByLabel(`${day}, to`).fill('17:00')
  }
  await page.getByRole('button', { name: 'Publish the page' }).click()
  await expect(page.getByRole('heading', { name: 'Your page is open' })).toBeVisible()
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible()
}

/** The day after tomorrow in Berlin, as the address of a page has it. */
const later = () =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(Date.now() + 2 * 86_400_000)

for (const width of [390, 1440])
  test(`at ${width} px an owner opens a page, and sees what visitors do while they do it`, async ({
    browser,
  }) => {
    test.setTimeout(240_000)
    const slug = `journey-${width}`
    const day = later()
    const viewport = { width, height: 900 }
    const office = await browser.newContext({ viewport })
    const street = await browser.newContext({ viewport })
    const [calendar, visitor, owner] = [
      await office.newPage(),
      await street.newPage(),
      await office.newPage(),
    ]
    const errors = [owner, visitor, calendar].map(watchConsole)

    await test.step('the first run', async () => {
      await signedIn(office, { email: `owner-${width}@example.com` })
      await firstRun(owner, `Brightwater ${width}`, slug)
    })

    await test.step('the address is taken now, and what was typed stays', async () => {
      // What lies behind another page is drawn once a second.
      await calendar.bringToFront()
      await calendar.goto(`${base}/start`)
      await calendar.getByLabel('Name', { exact: true }).fill('Another one')
      await calendar.getByLabel('Address of your page').fill(slug)
      await expect(calendar.getByText('This address is taken')).toBeVisible()
      await calendar.getByRole('button', { name: 'Continue' }).click()
      await expect(calendar.getByText('This address is taken')).toBeVisible()
      await expect(calendar.getByLabel('Name', { exact: true })).toHaveValue('Another one')
    })

    await test.step('a visitor books; today and the calendar show it by themselves', async () => {
      await owner.goto(`${base}/b/${slug}/admin`)
      await calendar.goto(`${base}/b/${slug}/admin/calendar?view=day&date=${day}`)
      for (const page of [owner, calendar])
        await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
      await expect(owner.getByText('Nobody is booked yet.')).toBeVisible()
      await visitor.goto(`${base}/b/${slug}/book?day=${day}`)
      await visitor
        .getByRole('button', { name: /^10:00/ })
        .last()
        .click()
      await visitor.getByLabel('Name').fill('Clara Lind')
      await visitor.getByLabel('Email').fill('clara@example.com')
      await visitor.getByRole('button', { name: 'Book this time' }).click()
      await visitor.waitForURL(/\/bookings\//)
      await expect(owner.getByRole('link', { name: 'Clara Lind' })).toBeVisible(within)
      await expect(calendar.getByRole('link', { name: /Clara Lind/ })).toBeVisible(within)
      await expect(owner.getByText('New booking')).toBeVisible({ timeout: 5000 })
    })

    await test.step('an hour is blocked, by keyboard; the visitor loses it at once', async () => {
      await visitor.goto(`${base}/b/${slug}/book?day=${day}`)
      const noon = visitor.getByRole('button', { name: /^12:00/ }).last()
      await expect(noon).toBeVisible()
      await expect(visitor.getByText('Live').first()).toBeVisible()
      await calendar.getByRole('link', { name: 'Block time' }).focus()
      await calendar.keyboard.press('Enter')
      await calendar.getByLabel('From').fill('10:00')
      await calendar.getByLabel('To').fill('11:00')
      await calendar.getByRole('button', { name: 'Block', exact: true }).click()
      await expect(calendar.getByText('Something stands there already')).toBeVisible()
      await expect(calendar.getByLabel('From')).toHaveValue('10:00')
      await calendar.getByLabel('From').fill('12:00')
      await calendar.getByLabel('To').fill('13:00')
      await calendar.getByLabel('To').press('Enter')
      await expect(calendar.getByRole('link', { name: /Blocked/ })).toBeVisible()
      await expect(visitor.getByRole('button', { name: /^12:00/ })).toHaveCount(0, soon)
      await calendar.getByRole('link', { name: /Blocked/ }).click()
      await calendar.getByRole('button', { name: 'Give the time back' }).click()
      await expect(calendar.getByRole('link', { name: /Blocked/ })).toHaveCount(0)
      await expect(visitor.getByRole('button', { name: /^12:00/ }).last()).toBeVisible(soon)
    })

    await test.step('the appointment is cancelled with a reason, and the time is free again', async () => {
      await calendar.getByRole('link', { name: /Clara Lind/ }).click()
      await calendar.getByText('Cancel', { exact: true }).click()
      await calendar.getByLabel(/Reason/).fill('Ill today')
      await calendar.getByRole('button', { name: 'Cancel the appointment' }).click()
      await expect(calendar.getByRole('link', { name: /Clara Lind/ })).toHaveCount(0)
      await expect(owner.getByText('Nobody is booked yet.')).toBeVisible(soon)
      await expect(visitor.getByRole('button', { name: /^10:00/ }).last()).toBeVisible(soon)
    })

    await test.step('services, providers and the business are edited; what is wrong keeps what was typed', async () => {
      await owner.bringToFront()
      await owner.goto(`${base}/b/${slug}/admin/services/new`)
      await owner.getByLabel('Name').fill('Piano lesson')
      await owner.getByLabel('Minutes', { exact: true }).fill('2')
      await owner.getByRole('button', { name: 'Save' }).click()
      await expect(owner.getByText('Enter a whole number from 5 to 1440.')).toBeVisible()
      await expect(owner.getByLabel('Name')).toHaveValue('Piano lesson')
      await owner.getByLabel('Minutes', { exact: true }).fill('45')
      await owner.getByRole('button', { name: 'Save' }).click()
      await expect(owner.getByText('Saved.')).toBeVisible()
      await owner.goto(`${base}/b/${slug}/admin/services?q=piano`)
      await expect(owner.getByRole('link', { name: 'Piano lesson' })).toBeVisible()
      await expect(owner.getByRole('link', { name: 'First talk' })).toHaveCount(0)
      await owner.goto(`${base}/b/${slug}/admin/providers`)
      await owner.getByRole('link', { name: 'Ines Carvalho' }).click()
      await owner.getByLabel('Piano lesson').check()
      await owner.getByRole('button', { name: 'Save' }).first().click()
      await expect(owner.getByText('Saved.')).toBeVisible()
      await owner.getByLabel('Day', { exact: true }).fill(day)
      await owner.getByRole('button', { name: 'Set the day' }).click()
      await expect(owner.getByText(/closed/).first()).toBeVisible()
      await expect(visitor.getByRole('button', { name: /^10:00/ })).toHaveCount(0, { timeout: 10_000 })
      await visitor.goto(`${base}/b/${slug}/book`)
      await expect(visitor.getByRole('link', { name: /Piano lesson/ })).toBeVisible()
    })

    await test.step('strangers find nothing, whoever is signed out signs in first', async () => {
      const answer = await visitor.request.get(`${base}/b/${slug}/admin`, { maxRedirects: 0 })
      expect(answer.headers().location ?? (await answer.text())).toContain('/sign-in?next=')
      await signedIn(street, { email: `stranger-${width}@example.com` })
      expect((await visitor.request.get(`${base}/b/${slug}/admin`)).status()).toBe(404)
      const form = { form: { provider: 'x' }, headers: { origin: base }, maxRedirects: 0 }
      expect((await visitor.request.post(`${base}/b/${slug}/calendar/block`, form)).status()).toBe(404)
    })

    expect(errors.flat()).toEqual([])

    await test.step('every screen is accessible in light and dark', async () => {
      const root = `/b/${slug}/admin`
      const paths = ['', '/calendar', '/calendar?view=day&open=new', '/services', '/services/new']
      const pages = [...paths, '/providers', '/providers/new', '/business'].map((path) => root + path)
      for (const path of [
        ...pages,
        '/start',
        ...['service', 'hours', 'done'].map((s) => `/start/${slug}/${s}`),
      ]) {
        await owner.goto(base + path)
        await accessible(owner)
      }
    })
    await Promise.all([office.close(), street.close()])
  })

test('a form sent twice makes one business, and leads on both times', async ({ context }) => {
  await signedIn(context, { email: 'twice@example.com' })
  const form = { name: 'Twice', slug: 'twice-house', timeZone: 'Europe/Berlin', currency: 'EUR' }
  const sent = () =>
    context.request.post(`${base}/start/create`, { form, headers: { origin: base }, maxRedirects: 0 })
  const answers = [await sent(), await sent()]
  expect(answers.map((a) => [a.status(), a.headers().location])).toEqual([
    [303, '/start/twice-house/service'],
    [303, '/start/twice-house/service'],
  ])
  const other = await context.request.post(`${base}/start/create`, {
    form: { ...form, name: 'Somebody else' },
    headers: { origin: base },
    maxRedirects: 0,
  })
  expect(other.headers().location).toBe('/start?again=start')
})

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false })

  test('the first run, and blocking time', async ({ page, context }) => {
    await signedIn(context, { email: 'plain@example.com' })
    await firstRun(page, 'Plain House', 'plain-house')
    await page.getByRole('link', { name: 'Go to today' }).click()
    await page.getByRole('link', { name: 'Block time' }).click()
    await page.getByLabel('Day', { exact: true }).fill(later())
    await page.getByRole('button', { name: 'Block', exact: true }).click()
    await expect(page.getByRole('link', { name: /Blocked/ })).toBeVisible()
  })
})
