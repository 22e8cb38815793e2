import { expect, type Page, test } from '@playwright/test'
import postgres from 'postgres'
import { assertInvariants } from '../db/invariants'
import { linkIn, mailTo } from '../db/testing-mail'
import { type House, ownHouse } from './house'
import { holdRunsOut } from './later'
import { accessible, base, watchConsole } from './testing'

const database = postgres(process.env.E2E_OWNER_URL ?? '', { max: 1, onnotice: () => {} })

test.afterAll(async () => {
  await assertInvariants(database)
  await database.end()
})

const bookingPage = (house: House) =>
  `${base}/b/${house.slug}/book?service=${house.serviceId}&provider=${house.providerId}`

/** Chooses the nth time of the chosen day and gives a name; the page of the booking is open after that. */
async function ask(visitor: Page, house: House, nth: number, email: string): Promise<string> {
  await visitor.goto(bookingPage(house))
  await visitor.locator('section[aria-live] button[name="startTime"]').nth(nth).click()
  await visitor.getByLabel('Name').fill('Clara Beispiel')
  await visitor.getByLabel('Email').fill(email)
  await visitor.getByLabel('Which knee?').selectOption('left')
  await visitor.getByRole('button', { name: 'Ask for this time' }).click()
  await expect(visitor.getByText('You asked for this time')).toBeVisible()
  return visitor.url()
}

for (const width of [390, 1440])
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height: 900 } })

    test('bookings that need a yes are asked for, approved together, taken back, declined and moved', async ({
      page: owner,
      browser,
    }) => {
      test.setTimeout(120_000)
      const visitor = await (await browser.newContext({ viewport: { width, height: 900 } })).newPage()
      const errors = [owner, visitor].map(watchConsole)
      const house = await ownHouse(owner.context(), `asks-${width}`)
      await owner.goto(`${base}/b/${house.slug}/admin/services/${house.serviceId}`)
      await owner.getByLabel(/says yes to each booking/).check()
      await owner.getByLabel('Question', { exact: true }).first().fill('Which knee?')
      await owner.getByLabel('Answer', { exact: true }).first().selectOption('choice')
      await owner
        .getByLabel(/^Choices/)
        .first()
        .fill('left, right')
      await owner.getByLabel('Must be answered').first().check()
      await owner.locator('#rules').getByRole('button', { name: 'Save' }).click()
      await expect(owner.getByText('Saved.')).toBeVisible()
      await accessible(owner)

      const email = `clara-${house.slug}@example.com`
      const first = await ask(visitor, house, 1, email)
      await accessible(visitor)
      await ask(visitor, house, 3, `other-${email}`)
      await owner.goto(`${base}/b/${house.slug}/admin`)
      await owner.getByRole('main').getByRole('link', { name: 'Requests' }).click()
      await expect(owner.getByText('2 requests wait for you')).toBeVisible()
      await expect(owner.getByText('left')).toHaveCount(2)
      await accessible(owner)

      for (const box of await owner.getByRole('checkbox').all()) await box.check()
      await owner.getByRole('button', { name: 'Approve' }).last().click()
      await expect(owner.getByText('2 bookings approved.')).toBeVisible()
      await owner.getByRole('button', { name: 'Undo' }).click()
      await expect(owner.getByText('Taken back. Nobody was told.')).toBeVisible()
      await expect(owner.getByText('2 requests wait for you')).toBeVisible()

      const before = new Date()
      await visitor.goto(first)
      await owner.getByRole('button', { name: 'Approve' }).first().click()
      await expect(owner.getByText('1 booking approved.')).toBeVisible()
      await expect(visitor.getByText('Confirmed', { exact: true }).first()).toBeVisible()
      await owner.getByLabel(/Reason/).fill('Away that week')
      await owner.getByRole('button', { name: 'Decline' }).first().click()
      await expect(owner.getByText('Nothing to decide')).toBeVisible()
      await accessible(owner)

      await visitor.goto(linkIn(await mailTo(database, email, before)))
      await visitor.getByRole('link', { name: 'Choose another time' }).click()
      await accessible(visitor)
      await visitor.locator('button[name="startTime"]').last().click()
      const chosen = visitor.getByRole('strong').locator('time')
      await house.call('appointment.book', {
        providerId: house.providerId,
        serviceId: house.serviceId,
        startTime: await chosen.getAttribute('datetime'),
        client: { name: 'Franka Flink', email: 'franka@example.com' },
        answers: { 'Which knee?': 'left' },
      })
      await expect(visitor.getByText('This time is no longer free.')).toBeVisible()
      await visitor.locator('button[name="startTime"]').last().click()
      const to = await chosen.getAttribute('datetime')
      await accessible(visitor)
      await visitor.getByRole('button', { name: 'Move the booking' }).click()
      await expect(visitor.getByText('You asked for this time')).toBeVisible()
      await expect(visitor.locator(`time[datetime="${to}"]`).first()).toBeVisible()
      await expect(visitor.getByRole('list', { name: 'What happened' })).toContainText('Moved')
      expect(errors.flat()).toEqual([])
      await visitor.context().close()
    })

    test('a place that comes free is kept for whoever waited first, goes to the next when they do not answer, and is taken by one tap', async ({
      page: owner,
      browser,
    }) => {
      test.setTimeout(120_000)
      const house = await ownHouse(owner.context(), `waits-${width}`, {
        durationMinutes: 720,
        stepMinutes: 720,
      })
      const { providerId, serviceId } = house
      const times = await owner.request.get(
        `${base}/api/v1/providers/${providerId}/availability?serviceId=${serviceId}&days=7`,
      )
      const days = ((await times.json()) as { days: { date: string; slots: { startTime: string }[] }[] }).days
      const full = days.find((d) => d.slots.length > 0)
      const startTime = full?.slots[0]?.startTime ?? ''
      const booked = await house.call('appointment.book', {
        providerId,
        serviceId,
        startTime,
        client: { name: 'Bert Beispiel', email: 'bert@example.com' },
      })

      /** Somebody joins the list by the page of the full day, and opens what the mail says of it. */
      const joins = async (name: string) => {
        const email = `${name.toLowerCase()}-${house.slug}@example.com`
        const waiting = await (await browser.newContext({ viewport: { width, height: 900 } })).newPage()
        const errors = watchConsole(waiting)
        const joined = new Date()
        await waiting.goto(`${bookingPage(house)}&day=${full?.date}`)
        await waiting.getByRole('link', { name: 'Wait for a time that suits you' }).click()
        await expect(waiting.getByLabel('Not before')).toBeHidden()
        await waiting.getByLabel('Name').fill(`${name} Beispiel`)
        await waiting.getByLabel('Email').fill(email)
        return {
          waiting,
          errors,
          async sends() {
            await waiting.getByRole('button', { name: 'Join the waiting list' }).click()
            await expect(waiting.getByRole('heading', { name: 'You are on the list' })).toBeVisible()
            expect(waiting.url()).not.toContain('token')
          },
          async opens() {
            await waiting.goto(linkIn(await mailTo(database, email, joined)))
            await expect(waiting.getByRole('status')).toHaveText('Live')
          },
        }
      }
      const wanda = await joins('Wanda')
      await accessible(wanda.waiting)
      await wanda.sends()
      await accessible(wanda.waiting)
      await wanda.opens()
      await accessible(wanda.waiting)
      const willi = await joins('Willi')
      await willi.sends()
      await willi.opens()
      await expect(willi.waiting.getByText('One person is before you.')).toBeVisible()
      await owner.goto(`${base}/b/${house.slug}/admin/waiting`)
      await expect(owner.getByText('Wanda Beispiel')).toBeVisible()
      await expect(owner.getByText('Willi Beispiel')).toBeVisible()
      await accessible(owner)

      const free = (page: Page) => page.getByRole('heading', { name: 'A place is free for you' })
      const cancelled = await wanda.waiting.request.post(`${base}/api/v1/bookings/${booked.id}/cancel`, {
        headers: { authorization: `Bearer ${booked.manageToken}` },
        data: {},
      })
      expect(cancelled.status()).toBe(200)
      await expect(free(wanda.waiting)).toBeVisible()
      await accessible(wanda.waiting)
      await expect(free(willi.waiting)).toBeHidden()
      const restore = await holdRunsOut(database, house.businessId)
      await expect(wanda.waiting.getByText('We did not hear from you in time.')).toBeVisible()
      await expect(wanda.waiting.getByRole('button', { name: 'Take it' })).toBeHidden()
      await accessible(wanda.waiting)
      await restore()

      await expect(free(willi.waiting)).toBeVisible()
      await willi.waiting.getByRole('button', { name: 'Take it' }).click()
      await expect(willi.waiting.getByRole('heading', { name: 'You are booked' })).toBeVisible()
      await expect(willi.waiting.locator(`time[datetime="${startTime}"]`).first()).toBeVisible()
      for (const { waiting, errors } of [wanda, willi]) {
        expect(errors).toEqual([])
        await waiting.context().close()
      }
    })
  })
