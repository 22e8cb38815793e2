import { expect, type Page, test } from '@playwright/test'
import postgres from 'postgres'
import { assertInvariants } from '../db/invariants'
import { type House, ownHouse } from './house'
import { holdRunsOut } from './later'
import { accessible, base, timeButton, watchConsole } from './testing'

const database = postgres(process.env.E2E_OWNER_URL ?? '', { max: 1, onnotice: () => {} })

test.afterAll(async () => {
  await assertInvariants(database)
  await database.end()
})

const bookingPage = ({ slug, serviceId, providerId }: House, more = {}) =>
  `${base}/b/${slug}/book?${new URLSearchParams({ service: serviceId, provider: providerId, ...more })}`
const chosenTimes = (page: Page) => page.locator('section[aria-live] button[name="startTime"]')

for (const width of [390, 1440])
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height: 900 } })

    test('ten people press the last place of a group at once: one has it, nine are offered the nearest', async ({
      page,
      browser,
    }) => {
      const house = await ownHouse(page.context(), `seats-${width}`, { capacity: 3 })
      const { serviceId, providerId } = house
      await page.goto(bookingPage(house))
      const startTime = (await chosenTimes(page).nth(2).getAttribute('value')) ?? ''
      const client = { name: 'Two Early', email: 'early@example.com' }
      await house.call('appointment.book', { serviceId, providerId, startTime, seats: 2, client })
      const people = await Promise.all(
        Array.from({ length: 10 }, async () =>
          (await browser.newContext({ viewport: { width, height: 900 } })).newPage(),
        ),
      )
      for (const person of people) {
        await person.goto(bookingPage(house))
        // Nobody hears of the others in time: all of them press what they see.
        await person.route('**/api/health', (route) => route.abort())
      }
      const press = (person: Page) =>
        timeButton(person, startTime)
          .first()
          .evaluate((b: HTMLButtonElement) => b.click())
      await Promise.all(people.map(press))
      const details = (person: Page) => person.getByRole('heading', { name: 'Your details' })
      const faster = (person: Page) => person.getByRole('alert').filter({ hasText: 'Someone was faster' })
      for (const person of people) await expect(details(person).or(faster(person)).first()).toBeVisible()
      const won: Page[] = []
      for (const person of people) if (await details(person).isVisible()) won.push(person)
      expect(won).toHaveLength(1)
      const [first] = won as [Page]
      for (const person of people)
        if (person !== first) await expect(faster(person).locator('button[name="startTime"]')).toHaveCount(3)
      await first.getByLabel('Name').fill('Last Seat')
      await first.getByLabel('Email').fill('last@example.com')
      await first.getByRole('button', { name: 'Book this time' }).click()
      await expect(first.getByRole('heading', { name: 'You are booked' })).toBeVisible()
      const [slot] = await database<{ taken: number; capacity: number }[]>`
        select taken, capacity from slot where tenant_id = ${house.businessId} and starts_at = ${startTime}`
      expect(slot).toEqual({ taken: 3, capacity: 3 })
      for (const person of people) await person.context().close()
    })

    test('the same time ten times, two of them taken: one goes elsewhere, one is left out, nine are booked', async ({
      page,
    }) => {
      const errors = watchConsole(page)
      const house = await ownHouse(page.context(), `weekly-${width}`)
      const { serviceId, providerId } = house
      await page.goto(bookingPage(house))
      await page.getByRole('link', { name: 'Book the same time again and again' }).click()
      await expect(page).toHaveURL(/repeat=1/)
      const startTime = (await chosenTimes(page).nth(3).getAttribute('value')) ?? ''
      const client = { name: 'Already There', email: 'there@example.com' }
      for (const weeks of [2, 5]) {
        const taken = await page.evaluate(
          ({ startTime, weeks }) => {
            // The same clock time in Berlin, whatever the clocks do in between.
            const clock = (at: number) => new Date(at).toLocaleTimeString('en', { timeZone: 'Europe/Berlin' })
            const first = Date.parse(startTime)
            const later = first + weeks * 7 * 86_400_000
            const shift = [0, 3_600_000, -3_600_000].find((ms) => clock(later + ms) === clock(first)) ?? 0
            return new Date(later + shift).toISOString().replace('.000Z', 'Z')
          },
          { startTime, weeks },
        )
        await house.call('appointment.book', { serviceId, providerId, startTime: taken, client })
      }
      await timeButton(page, startTime).last().click()
      await expect(page.getByText('2 dates are not free.')).toBeVisible()
      await expect(
        page.getByRole('listitem').filter({ has: page.getByText('Free', { exact: true }) }),
      ).toHaveCount(8)
      await accessible(page)
      await page.getByLabel('Instead').first().selectOption({ index: 1 })
      await page.getByLabel('Instead').last().selectOption({ label: 'Leave this one out' })
      await page.getByLabel('Name').fill('Weekly Guest')
      await page.getByLabel('Email').fill('weekly@example.com')
      await page.getByRole('button', { name: 'Book these times' }).click()
      await expect(page.getByText('Booked together: 9 times')).toBeVisible()
      await accessible(page)
      const [{ n }] = await database<[{ n: number }]>`
        select count(*)::int as n from appointment a join contact c on c.tenant_id = a.tenant_id and c.id = a.contact_id
        where a.tenant_id = ${house.businessId} and c.name = 'Weekly Guest' and a.status = 'confirmed'`
      expect(n).toBe(9)
      expect(errors).toEqual([])
    })

    test('a hold runs out: whoever had it is told, and whoever watches sees the time again', async ({
      page,
      browser,
    }) => {
      const house = await ownHouse(page.context(), `holds-${width}`)
      const watcher = await (await browser.newContext({ viewport: { width, height: 900 } })).newPage()
      await page.clock.install()
      await page.goto(bookingPage(house))
      const startTime = (await chosenTimes(page).nth(1).getAttribute('value')) ?? ''
      await timeButton(page, startTime).last().click()
      await expect(page.getByText(/^Held for you until/)).toBeVisible()
      await watcher.goto(bookingPage(house))
      await expect(chosenTimes(watcher).first()).toBeVisible()
      await expect(timeButton(watcher, startTime)).toHaveCount(0)

      const restore = await holdRunsOut(database, house.businessId)
      await page.clock.fastForward('05:01')
      await expect(page.getByText(/^The hold ran out/)).toBeVisible()
      await accessible(page)
      await expect(timeButton(watcher, startTime).first()).toBeVisible()
      await restore()
      // What was typed is not lost: the time is still free, so it can be booked all the same.
      await page.getByLabel('Name').fill('Slow Typist')
      await page.getByLabel('Email').fill('slow@example.com')
      await page.getByRole('button', { name: 'Book this time' }).click()
      await expect(page.getByRole('heading', { name: 'You are booked' })).toBeVisible()
      await expect(timeButton(watcher, startTime)).toHaveCount(0)
      await watcher.context().close()
    })
  })
