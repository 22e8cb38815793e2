import { type Browser, expect, type Page, test } from '@playwright/test'
import postgres from 'postgres'
import { assertInvariants } from '../db/invariants'
import { linkIn, mailTo } from '../db/testing-mail'
import { accessible, base, shifted, timeButton, watchConsole } from './testing'

const database = postgres(process.env.E2E_OWNER_URL ?? '', { max: 1, onnotice: () => {} })

test.afterAll(async () => {
  await assertInvariants(database)
  await database.end()
})

/**
 * The first ten minutes of a business: an owner at a desk, two visitors, and nobody reloads. What the screens of signing
 * up and of the first run are like is looked at in identity.spec.ts and admin.spec.ts.
 */
for (const width of [390, 1440])
  test(`at ${width} px: from sign-up to a booking that moves on other people's screens, and back`, async ({
    browser,
  }) => {
    test.setTimeout(240_000)
    const viewport = { width, height: 900 }
    const [owner, visitor, another] = [
      await open(browser, viewport),
      await open(browser, viewport),
      await open(browser, viewport),
    ]
    const calendar = await owner.context().newPage()
    // What lies behind another page is drawn once a second.
    await owner.bringToFront()
    const errors = [owner, calendar, visitor, another].map(watchConsole)
    const run = `${width}-${Date.now()}`
    const [email, guest] = [`nora-${run}@example.com`, `clara-${run}@example.com`]

    await test.step('an owner signs up and proves the address', async () => {
      const before = new Date()
      await owner.goto(`${base}/sign-up`)
      await owner.getByLabel('Name').fill('Nora Quill')
      await owner.getByLabel('Email').fill(email)
      await owner.getByLabel('Password').fill('correct horse battery')
      await owner.keyboard.press('Enter')
      await expect(owner.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
      await owner.goto(linkIn(await mailTo(database, email, before)))
      await owner.getByRole('button', { name: 'Confirm and go on' }).click()
    })

    const share = await test.step('the first run ends with a link to share', async () => {
      await expect(owner.getByLabel('Address of your page')).toBeVisible()
      await owner.getByLabel('Name', { exact: true }).fill(`Brightwater ${width}`)
      await owner.getByLabel('Address of your page').fill(`story-${run}`)
      await owner.getByRole('button', { name: 'Continue' }).click()
      await owner.getByLabel('Service', { exact: true }).fill('First talk')
      await owner.getByRole('button', { name: 'Continue' }).click()
      await owner.getByLabel('Who do they book?').fill('Ines Carvalho')
      for (const day of ['Saturday', 'Sunday']) {
        await owner.getByLabel(`${day}, from`).fill('09:00')
        await owner.getByLabel(`${day}, to`).fill('17:00')
      }
      await owner.getByRole('button', { name: 'Publish the page' }).click()
      await expect(owner.getByRole('img', { name: /QR code/ })).toBeVisible()
      await accessible(owner)
      return (await owner.getByRole('link', { name: `/b/story-${run}` }).getAttribute('href')) ?? ''
    })

    const wanted =
      await test.step('visitors follow it to the free times; nothing moves under their eyes', async () => {
        for (const page of [visitor, another]) {
          await page.goto(share)
          await page.getByRole('link', { name: 'Book a time' }).click()
          await expect(page.getByRole('status')).toHaveText('Live')
        }
        await accessible(visitor)
        expect(await shifted(visitor)).toBe(0)
        const at = (await visitor.locator('button[name="startTime"]').last().getAttribute('value')) ?? ''
        await owner.goto(`${base}/b/story-${run}/admin`)
        await calendar.goto(`${base}/b/story-${run}/admin/calendar?view=day&date=${at.slice(0, 10)}`)
        for (const page of [owner, calendar]) {
          await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible()
          await accessible(page)
        }
        await expect(timeButton(another, at).first()).toBeVisible()
        return at
      })

    await test.step('one of them chooses: the other loses the time, and the details keep what was typed', async () => {
      await timeButton(visitor, wanted).last().click()
      await expect(visitor.getByText(/Held for you until/)).toBeVisible()
      await expect(timeButton(another, wanted)).toHaveCount(0)
      await accessible(visitor)
      expect(await shifted(visitor)).toBe(0)
      await visitor.getByLabel('Name').fill('Clara <b>Lind</b>')
      await visitor.getByLabel('Email').fill('not an address')
      await visitor.getByRole('button', { name: 'Book this time' }).click()
      await expect(visitor.getByRole('alert').first()).toContainText('check')
      await expect(visitor.getByLabel('Name')).toHaveValue('Clara <b>Lind</b>')
      await accessible(visitor)
    })

    await test.step('booked: the desk and the calendar show it by themselves', async () => {
      await visitor.getByLabel('Email').fill(guest)
      await visitor.getByRole('button', { name: 'Book this time' }).click()
      await expect(visitor.getByRole('heading', { name: 'You are booked' })).toBeVisible()
      await expect(visitor.locator(`time[datetime="${wanted}"]`).first()).toBeVisible()
      await expect(calendar.getByRole('link', { name: /Clara/ })).toBeVisible()
      await expect(owner.getByText('New booking')).toBeVisible()
      await accessible(visitor)
    })

    await test.step('the mail comes, and its link leads back to the booking', async () => {
      await mailTo(database, guest)
      await visitor.goto(`${base}/mailbox?q=${guest}`)
      await accessible(visitor)
      await visitor.getByRole('link', { name: /^Confirmed: First talk/ }).click()
      const letter = visitor.frameLocator('iframe')
      await expect(letter.getByRole('heading', { name: 'Your booking is confirmed' })).toBeVisible()
      await accessible(visitor, { beside: 'iframe' })
      const popup = visitor.waitForEvent('popup')
      await letter.getByRole('link', { name: /^See/ }).click()
      const booking = await popup
      errors.push(watchConsole(booking))
      await booking.getByRole('button', { name: 'Cancel this booking' }).click()
      await expect(booking.getByText('Cancelled', { exact: true }).first()).toBeVisible()
      await accessible(booking)
    })

    await test.step('the time is free again everywhere', async () => {
      await expect(timeButton(another, wanted).first()).toBeVisible()
      await expect(calendar.getByRole('link', { name: /Clara/ })).toHaveCount(0)
    })

    expect(errors.flat()).toEqual([])
    for (const page of [owner, visitor, another]) await page.context().close()
  })

const open = async (browser: Browser, viewport: { width: number; height: number }): Promise<Page> =>
  (await browser.newContext({ viewport })).newPage()
