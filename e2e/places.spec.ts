import { expect, test } from '@playwright/test'
import { ownHouse } from './house'
import { accessible, base, watchConsole } from './testing'

const tomorrow = () => new Date(Date.now() + 86_400_000)
const link = 'https://meet.example.org/quill'

for (const width of [390, 1440])
  test(`at ${width} px, an owner says where they work; a visitor chooses online, is told how to join, and moves it on site`, async ({
    page,
    browser,
  }) => {
    await page.setViewportSize({ width, height: 900 })
    const errors = watchConsole(page)
    const house = await ownHouse(page.context(), `places-${width}`)
    const { businessId, providerId, slug } = house
    const admin = `${base}/b/${slug}/admin`
    await page.goto(`${admin}/places`)
    await page.getByRole('link', { name: 'New location' }).click()
    await page.getByLabel('Name').fill('Mill Street')
    await page.getByLabel('Street and number').fill('Invented Street 1')
    await page.getByLabel('City').fill('Berlin')
    await page.getByLabel('Time zone').selectOption('Europe/London')
    await page.getByLabel('How to get in').fill('Ring twice')
    await accessible(page)
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('Saved.')).toBeVisible()
    await house.call('venue.create', { businessId, name: 'Harbour', timeZone: 'Europe/Berlin' })
    await house.call('provider.setRoom', { businessId, providerId, link })

    const day = tomorrow()
    const weekday = day.toLocaleDateString('en', { weekday: 'long', timeZone: 'Europe/Berlin' })
    await page.goto(`${admin}/providers/${providerId}`)
    const week = page.locator('form[action$="/week"]')
    await week.getByLabel(`${weekday}, from`).fill('08:00')
    await week.getByLabel(`${weekday}, to`).fill('10:00')
    await week.getByLabel(`${weekday}, 1, location`).selectOption('Mill Street')
    await week.getByLabel(`${weekday}, and from`).fill('13:00')
    await week.getByLabel(`${weekday}, and to`).fill('15:00')
    await week.getByLabel(`${weekday}, 2, location`).selectOption('Online')
    await week.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByText('Saved.')).toBeVisible()
    await expect(week.getByLabel(`${weekday}, 2, location`)).toHaveValue('online')
    await accessible(page)
    expect(errors).toEqual([])

    // The rest needs no script.
    const context = await browser.newContext({
      javaScriptEnabled: false,
      locale: 'en-GB',
      viewport: { width, height: 900 },
    })
    const visitor = await context.newPage()
    const date = day.toLocaleDateString('sv', { timeZone: 'Europe/Berlin' })
    await visitor.goto(`${base}/b/${slug}/book?zone=Europe/Berlin&day=${date}`)
    const times = visitor.getByRole('list', { name: 'Choose a time' }).getByRole('button')
    await expect(times).toHaveText([
      '07:0008:00 your timeMill Street',
      '08:0009:00 your timeMill Street',
      '13:00Online',
      '14:00Online',
    ])
    const again = await context.newPage()
    await again.goto(`${base}/b/${slug}/book?zone=Europe/Berlin&day=${date}&repeat=1`)
    await again.getByRole('button', { name: /^07:00/ }).click()
    await again.goto(`${again.url()}&times=2`)
    const dates = again.getByRole('listitem').filter({ hasText: '08:00 your time, Mill Street' })
    await expect(dates.filter({ hasText: /, 07:00/ })).toHaveCount(2)
    await again.getByLabel('Name').fill('Weekly Guest')
    await again.getByLabel('Email').fill(`${slug}-weekly@example.com`)
    await again.getByRole('button', { name: 'Book these times' }).click()
    await expect(again.getByText('Booked together: 2 times')).toBeVisible()
    await expect(again.getByText('Invented Street 1').first()).toBeVisible()
    await again.close()

    await visitor.getByRole('link', { name: 'Online', exact: true }).click()
    await expect(times).toHaveText(['13:00', '14:00'])
    await times.first().click()
    await expect(visitor.getByRole('region', { name: 'What you book' })).toContainText('Online')
    await visitor.getByLabel('Name').fill('Ona Line')
    await visitor.getByLabel('Email').fill(`${slug}-guest@example.com`)
    await visitor.getByRole('button', { name: 'Book this time' }).click()
    await expect(visitor.getByRole('link', { name: 'Join the meeting' })).toHaveAttribute('href', link)
    const managed = visitor.url()

    const mail = page.getByRole('link', { name: /^Confirmed: First talk/ })
    await expect(async () => {
      await page.goto(`${base}/mailbox?q=${slug}-guest`)
      await expect(mail).toBeVisible({ timeout: 1000 })
    }).toPass({ timeout: 30_000 })
    await mail.click()
    const letter = page.frameLocator('iframe')
    await expect(letter.getByRole('link', { name: 'Join the meeting' })).toHaveAttribute('href', link)

    await visitor.getByRole('link', { name: 'Choose another time' }).click()
    await visitor.goto(`${visitor.url()}&day=${date}`)
    await visitor.getByRole('button', { name: /^08:00.*09:00 your time.*Mill Street/ }).click()
    await expect(visitor.getByText('This time is elsewhere: Mill Street.')).toBeVisible()
    await expect(visitor.getByRole('strong').locator('time')).toHaveText(/08:00, Europe\/London$/)
    await expect(visitor.locator('s > time')).toHaveText(/13:00, Europe\/Berlin$/)
    await visitor.getByRole('button', { name: 'Move the booking' }).click()
    await expect(visitor.getByText('Invented Street 1')).toBeVisible()
    await expect(visitor.getByText('Ring twice')).toBeVisible()
    await expect(visitor.getByRole('link', { name: 'Join the meeting' })).toHaveCount(0)
    await context.close()

    await page.goto(managed)
    await expect(page.getByText('Ring twice')).toBeVisible()
    await accessible(page)
  })
