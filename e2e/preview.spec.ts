import { expect, test } from '@playwright/test'
import { ownHouse } from './house'
import { accessible, base, watchConsole } from './testing'

for (const width of [390, 1440])
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height: 900 } })

    test('other hours and another offer say what they would bring about before they are saved', async ({
      page,
    }) => {
      const errors = watchConsole(page)
      const house = await ownHouse(page.context(), `looks-${width}`)
      const { providerId, serviceId } = house
      const date = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
      for (const clock of ['08', '09'])
        await house.call('appointment.book', {
          providerId,
          serviceId,
          startTime: `${date}T${clock}:00:00Z`,
          client: { name: `Client at ${clock}`, email: `at-${clock}@example.com` },
        })

      await page.goto(`${base}/b/${house.slug}/admin/providers/${providerId}`)
      const week = page.locator('form[action$="/week"]')
      const weekday = new Date(date).toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' })
      await week.getByLabel(`${weekday}, from`).fill('12:30')
      await expect(week.getByText('What this would change')).toBeVisible()
      await expect(week.getByRole('status')).toContainText(/First talk.*times more.*times fewer/)
      await expect(week.getByRole('status')).toContainText('2 bookings would no longer fit')
      await expect(week.getByText('Client at 08')).toBeVisible()
      await week.locator('summary').click()
      await accessible(page)
      await week.getByRole('button', { name: 'Save all the same' }).click()
      await expect(page.getByText('Saved.')).toBeVisible()
      await expect(week.getByLabel(`${weekday}, from`)).toHaveValue('12:30')
      // Nobody typed: longer than a form waits, no other form of the page has looked by itself.
      await page.waitForTimeout(1_500)
      await expect(page.getByText('Saved.')).toBeVisible()

      const day = page.locator('form[action$="/day"]').last()
      await day.getByLabel('Day').fill(date)
      await expect(day.getByRole('status')).toContainText('times fewer')

      await page.goto(`${base}/b/${house.slug}/admin/services/${serviceId}`)
      const offer = page.locator('form[action$="/save"]').first()
      await offer.getByText('More about booking').click()
      await offer.getByLabel('Minutes free after').fill('10')
      await expect(offer.getByRole('status')).toContainText('2 bookings would no longer fit')
      await accessible(page)
      await offer.getByRole('button', { name: 'Save all the same' }).click()
      await expect(page.getByText('Saved.')).toBeVisible()
      expect(errors).toEqual([])
    })

    test.describe('without script', () => {
      test.use({ javaScriptEnabled: false })

      test('the same by its button, and whoever did not look is asked', async ({ page }) => {
        const house = await ownHouse(page.context(), `plain-${width}`)
        const { providerId, serviceId } = house
        const date = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
        await house.call('appointment.book', {
          providerId,
          serviceId,
          startTime: `${date}T10:00:00Z`,
          client: { name: 'Client at ten', email: 'at-ten@example.com' },
        })
        await page.goto(`${base}/b/${house.slug}/admin/providers/${providerId}`)
        const day = page.locator('form[action$="/day"]').last()
        await day.getByLabel('Day').fill(date)
        await day.getByRole('button', { name: 'See what this changes' }).click()
        await expect(day.getByText('Client at ten')).toBeVisible()
        await page.goto(`${base}/b/${house.slug}/admin/providers/${providerId}`)
        await day.getByLabel('Day').fill(date)
        await day.getByRole('button', { name: 'Set the day' }).click()
        await expect(page.getByRole('alert')).toContainText('Look at what would no longer fit')
        await expect(day.getByText('Client at ten')).toBeVisible()
        await day.getByRole('button', { name: 'Save all the same' }).click()
        await expect(page.getByText('Saved.')).toBeVisible()

        // Taking a service away says who still comes for it; one that is not on offer any more stays theirs.
        const profile = page.locator('form[action$="/save"]')
        await profile.getByLabel('First talk').uncheck()
        await expect(profile.getByText('1 booking of it lies ahead')).toBeVisible()
        await house.call('service.archive', { businessId: house.businessId, serviceId })
        await page.goto(`${base}/b/${house.slug}/admin/providers/${providerId}`)
        await profile.getByRole('button', { name: 'Save' }).click()
        await expect(page.getByText('Saved.')).toBeVisible()
        await expect(profile.locator(`input[name="service-${serviceId}"]`)).toHaveValue('on')
      })
    })
  })
