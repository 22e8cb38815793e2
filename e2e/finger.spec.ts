import { expect, test } from '@playwright/test'
import { booked, calendarOf, centre, drag, fitting, heard, live, wednesday } from './board'
import { ownHouse } from './house'
import { base } from './testing'

test('on a phone a finger that rests takes it; at a desk it goes to a colleague, and back', async ({
  browser,
}) => {
  const phone = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  const [page, watched] = [await phone.newPage(), await (await browser.newContext()).newPage()]
  const mine = await ownHouse(phone, 'finger', fitting)
  await watched.goto(await booked(watched, mine, '10:00', 'Clara Lind'))
  await page.goto(calendarOf(mine, `&view=day&date=${wednesday}`))
  await live(page)
  const clara = page.getByRole('link', { name: /^Clara Lind/ })

  await test.step('two hours later, by a finger', async () => {
    await clara.scrollIntoViewIfNeeded()
    const from = await centre(clara)
    const hour = (await clara.boundingBox())?.height ?? 0
    const touch = await phone.newCDPSession(page)
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', y = 0) =>
      touch.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x: from.x, y }],
      })
    await send('touchStart', from.y)
    await expect(page.locator('[data-ghost]')).toBeVisible()
    for (const share of [0.4, 0.8, 1]) await send('touchMove', from.y + 2 * hour * share)
    await expect(page.locator('[data-ghost]')).toContainText('12:00')
    await send('touchEnd')
    await expect(page.getByText(/^Clara Lind is at 12:00/)).toBeVisible()
    await expect(watched.getByText('12:00').first()).toBeVisible(heard)
  })

  await test.step('to a colleague who offers it, and back at once', async () => {
    const { businessId, serviceId } = mine
    const everyDay = Object.fromEntries(
      ['1', '2', '3', '4', '5', '6', '7'].map((d) => [d, [['08:00', '20:00']]]),
    )
    const rules = { timeZone: 'Europe/Berlin', weekly: everyDay, overrides: {} }
    await mine.call('provider.create', { businessId, name: 'Zoe Colleague', rules, serviceIds: [serviceId] })
    const desk = await phone.newPage()
    await desk.setViewportSize({ width: 1440, height: 1000 })
    await desk.goto(`${base}/b/${mine.slug}/admin/calendar?view=day&date=${wednesday}`)
    await live(desk)
    const hers = desk.getByRole('list', { name: /^Zoe Colleague/ }).getByRole('link', { name: /^Clara Lind/ })
    const from = await centre(desk.getByRole('link', { name: /^Clara Lind/ }), 0.2)
    const beside = await centre(desk.locator('[data-column]').last())
    await drag(desk, from, { x: beside.x, y: from.y })
    await expect(hers).toBeVisible()
    await expect(watched.getByText('Zoe Colleague').first()).toBeVisible(heard)
    await desk.getByRole('button', { name: 'Undo' }).click()
    await expect(hers).toHaveCount(0)
    await expect(watched.getByText('Ines Carvalho').first()).toBeVisible(heard)
  })
  await Promise.all([phone.close(), watched.context().close()])
})
