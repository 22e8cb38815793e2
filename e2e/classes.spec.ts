import { expect, type Page, test } from '@playwright/test'
import postgres from 'postgres'
import { assertInvariants } from '../db/invariants'
import { type House, ownHouse } from './house'
import { accessible, base, timeButton, watchConsole } from './testing'

const database = postgres(process.env.E2E_OWNER_URL ?? '', { max: 1, onnotice: () => {} })

test.afterAll(async () => {
  await assertInvariants(database)
  await database.end()
})

/** As a visitor's program would. */
const bookOver = (page: Page, house: House, startTime: string, name: string) =>
  page.request.post(`${base}/api/v1/bookings`, {
    data: {
      providerId: house.providerId,
      serviceId: house.serviceId,
      startTime,
      client: { name, email: `${name.toLowerCase().replace(' ', '.')}@example.com` },
    },
  })

/** The day after tomorrow in Berlin, as fields of a form have it. */
const later = () =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(Date.now() + 2 * 86_400_000)

const timesOf = async (house: House): Promise<string[]> => {
  const rows = await database<{ at: Date }[]>`
    select starts_at as at from slot where tenant_id = ${house.businessId} and status <> 'deleted' order by starts_at`
  return rows.map(({ at }) => at.toISOString().replace('.000Z', 'Z'))
}

const clockOf = (startTime: string) =>
  new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Europe/Berlin' }).format(
    Date.parse(startTime),
  )

for (const width of [390, 1440])
  test(`at ${width} px a class is written week by week, filled to its last place, moved from a day on and taken back`, async ({
    page: owner,
    browser,
  }) => {
    test.setTimeout(120_000)
    const viewport = { width, height: 900 }
    await owner.setViewportSize(viewport)
    const open = async () => (await browser.newContext({ viewport })).newPage()
    const [visitor, booked] = [await open(), await open()]
    const errors = [owner, visitor, booked].map(watchConsole)
    const house = await ownHouse(owner.context(), `classes-${width}`, { name: 'Yoga' })
    const root = `${base}/b/${house.slug}/admin/classes`

    await test.step('the days are seen before they are written; one that is taken is left out', async () => {
      await owner.goto(root)
      await expect(owner.getByText('No classes ahead.')).toBeVisible()
      await owner.getByRole('link', { name: 'New class' }).click()
      await owner.getByLabel('Service').selectOption('Yoga')
      await owner.getByLabel('Provider').selectOption('Ines Carvalho')
      await owner.getByLabel('First day').fill(later())
      await owner.getByLabel('Begins').fill('20:30')
      await owner.getByRole('textbox', { name: 'Places' }).fill('5')
      await owner.getByLabel('Repeats').selectOption('weekly')
      await owner.getByLabel('Ends').selectOption('after')
      await owner.getByLabel('How many times').fill('0')
      await owner.getByRole('button', { name: 'See the days' }).click()
      await expect(owner.getByText('Enter a whole number from 1 to 999.')).toBeVisible()
      await owner.getByLabel('How many times').fill('5')
      await owner.getByRole('button', { name: 'See the days' }).click()
      await expect(owner.getByRole('heading', { name: '5 days' })).toBeVisible()
      await owner
        .getByRole('checkbox', { name: /leave out/ })
        .last()
        .check()
      await accessible(owner)
      await owner.getByRole('button', { name: 'Write it' }).click()
      await expect(owner.getByText('Saved.')).toBeVisible()
      await expect(owner.getByRole('link', { name: 'Yoga' })).toBeVisible()
      await accessible(owner)
      expect(await timesOf(house)).toHaveLength(4)
    })

    const [first = '', second = ''] = await timesOf(house)
    await test.step('visitors see the places left; of ten who want the last one, one has it', async () => {
      const there = `${base}/b/${house.slug}/book?service=${house.serviceId}&provider=${house.providerId}`
      await visitor.goto(`${there}&day=${first.slice(0, 10)}`)
      await expect(timeButton(visitor, first).last()).toContainText('5 places left')
      for (const name of ['Ada One', 'Ada Two'])
        expect((await bookOver(visitor, house, first, name)).status()).toBe(201)
      await expect(timeButton(visitor, first).last()).toContainText('3 places left')
      for (const name of ['Ada Three', 'Ada Four']) await bookOver(visitor, house, first, name)
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, n) => bookOver(visitor, house, first, `Racer ${n}`)),
      )
      const statuses = answers.map((a) => a.status()).sort()
      expect(statuses).toEqual([201, ...Array(9).fill(409)])
      await expect(timeButton(visitor, first)).toHaveCount(0)
    })

    await test.step('this and following: whoever booked is counted, goes along, and sees it at once', async () => {
      const made = (await (await bookOver(visitor, house, second, 'Clara Lind')).json()) as {
        manageUrl: string
      }
      await booked.goto(made.manageUrl)
      await expect(booked.getByText(clockOf(second)).first()).toBeVisible()
      await owner.goto(root)
      await owner.getByRole('link', { name: 'Yoga' }).nth(1).click()
      await expect(owner.getByRole('link', { name: 'Clara Lind' })).toBeVisible()
      await owner.getByLabel('This and all that follow').check()
      await owner.getByLabel('Begins').fill('21:15')
      await owner.getByRole('button', { name: 'See what changes' }).click()
      await expect(owner.getByText('1 booking moves along')).toBeVisible()
      await accessible(owner)
      await bookOver(visitor, house, second, 'Dora Lind')
      await owner.getByRole('button', { name: 'Save the change' }).click()
      await expect(owner.getByText('Something changed since you looked.')).toBeVisible()
      await expect(owner.getByText('2 bookings move along')).toBeVisible()
      await owner.getByRole('button', { name: 'Save the change' }).click()
      await expect(owner.getByText('Saved.')).toBeVisible()
      const [still, moved = '', ...rest] = await timesOf(house)
      expect([still, clockOf(moved), rest.length]).toEqual([first, '21:15', 2])
      await expect(booked.locator(`time[datetime="${moved}"]`).first()).toBeVisible()
    })

    await test.step('taken back from a day on: first who is touched, then they are told', async () => {
      await owner.getByRole('link', { name: 'This and all that follow' }).click()
      await expect(owner.getByText('2 bookings are cancelled')).toBeVisible()
      await owner.getByRole('button', { name: 'Take these times back' }).click()
      await expect(owner.getByText('Saved.')).toBeVisible()
      expect(await timesOf(house)).toEqual([first])
      await expect(booked.getByText('Cancelled', { exact: true }).first()).toBeVisible()
    })

    expect(errors.flat()).toEqual([])
    await Promise.all([visitor, booked].map((page) => page.context().close()))
  })

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false })

  test('a single class is written, moved and closed', async ({ page }) => {
    const house = await ownHouse(page.context(), 'plain-classes', { name: 'Choir', capacity: 8 })
    await page.goto(`${base}/b/${house.slug}/admin/classes/new`)
    await page.getByLabel('First day').fill(later())
    await page.getByLabel('Begins').fill('20:00')
    await page.getByRole('button', { name: 'See the days' }).click()
    await page.getByRole('button', { name: 'Write it' }).click()
    await expect(page.getByText('0 of 8 booked')).toBeVisible()
    await page.getByLabel('Begins').fill('20:45')
    await page.getByLabel('Can be booked').uncheck()
    await page.getByRole('button', { name: 'See what changes' }).click()
    await expect(page.getByText('Nobody has booked these times.')).toBeVisible()
    await page.getByRole('button', { name: 'Save the change' }).click()
    await expect(page.getByText('Saved.')).toBeVisible()
    await expect(page.getByText('Closed', { exact: true })).toBeVisible()
    await expect(page.getByLabel('Begins')).toHaveValue('20:45')
  })
})
