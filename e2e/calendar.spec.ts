import { expect, test } from '@playwright/test'
import postgres from 'postgres'
import { assertInvariants } from '../db/invariants'
import { berlin, booked, calendarOf, centre, drag, fitting, heard, live, wednesday } from './board'
import { ownHouse } from './house'
import { accessible, base, watchConsole } from './testing'

test.afterAll(async () => {
  const owner = postgres(process.env.E2E_OWNER_URL ?? '', { max: 1, onnotice: () => {} })
  await assertInvariants(owner)
  await owner.end()
})

test('what is dragged, or moved by keys, moves for the client who watches; and back', async ({ browser }) => {
  const size = { viewport: { width: 1440, height: 1000 } }
  const [desk, street] = [await browser.newContext(size), await browser.newContext(size)]
  const mine = await ownHouse(desk, 'hand', fitting)
  const [page, watched] = [await desk.newPage(), await street.newPage()]
  await watched.goto(await booked(watched, mine, '10:00', 'Clara Lind'))
  await booked(watched, mine, '15:00', 'Ben Adeyemi', 1)
  const shows = (clock: string) => expect(watched.getByText(clock).first()).toBeVisible(heard)
  await shows('10:00')
  await page.goto(calendarOf(mine, `&view=week&date=${wednesday}`))
  await live(page)
  const clara = page.getByRole('link', { name: /^Clara Lind/ })
  const ben = page.getByRole('link', { name: /^Ben Adeyemi/ })

  await test.step('dragged to the next day; to the one after that, and back at once', async () => {
    const to = async (column: number) => {
      const [from, beside] = [
        await centre(clara, 0.2),
        await centre(page.locator(`[data-column="${column}"]`)),
      ]
      await drag(page, from, { x: beside.x, y: from.y })
    }
    const on = (day: RegExp) =>
      expect(page.getByRole('list', { name: day }).getByRole('link', { name: /^Clara/ })).toBeVisible()
    await to(3)
    await on(/^Thursday/)
    await expect(page.getByText(/^Clara Lind is at 10:00/)).toBeVisible()
    await expect(watched.getByText(/Thursday/).first()).toBeVisible(heard)
    await to(4)
    await on(/^Friday/)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByText('Clara Lind is where it was.')).toBeVisible()
    await on(/^Thursday/)
  })

  await test.step('pulled longer by its lower edge, and back as long as it was', async () => {
    const box = await clara.boundingBox()
    if (!box) throw new Error('is not to be seen')
    const [x, edge] = [box.x + box.width / 2, box.y + box.height - 3]
    await drag(page, { x, y: edge }, { x, y: edge + box.height / 2 })
    await expect(page.getByText(/^Clara Lind is at 10:00.*11:30/)).toBeVisible()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByText('Clara Lind is where it was.')).toBeVisible()
    await expect(watched.getByText('11:30')).toHaveCount(0)
  })

  await test.step('onto somebody else: it goes back, and says why and whose', async () => {
    await drag(page, await centre(clara, 0.2), await centre(ben, 0.2))
    const said = page.getByRole('alert').filter({ hasText: 'Clara Lind stays where it was' })
    await expect(said).toContainText('Somebody has that time already. There: Ben Adeyemi, 15:00')
    await expect(clara).toContainText('10:00')
    await page.getByRole('button', { name: 'Close' }).click()
    await expect(said).toHaveCount(0)
  })

  await test.step('by keys: taken, moved, taken back; then moved for good', async () => {
    await clara.focus()
    const says = page.getByRole('status').filter({ hasText: /Clara Lind|\d\d:\d\d/ })
    await page.keyboard.press('Enter')
    await expect(says.filter({ hasText: 'Arrow keys move it' })).toHaveCount(1)
    await page.keyboard.press('ArrowDown')
    await expect(says.filter({ hasText: '10:30' })).toHaveCount(1)
    await page.keyboard.press('Escape')
    await expect(page.locator('[data-ghost]')).toHaveCount(0)
    await page.keyboard.press('Enter')
    for (let n = 0; n < 4; n++) await page.keyboard.press('ArrowDown')
    await expect(page.locator('[data-ghost]')).toContainText('12:00')
    await page.keyboard.press('Enter')
    await expect(clara).toContainText('12:00')
    await expect(clara).toBeFocused()
    await shows('12:00')
  })

  await test.step('Enter twice opens it: what it was, what it is, what can be done', async () => {
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    const panel = page.getByRole('region', { name: 'Appointment' })
    await expect(panel.getByRole('heading', { name: 'Clara Lind' })).toBeVisible()
    await expect(panel.getByRole('region', { name: 'History' })).toContainText('Moved')
    await panel.getByText('Cancel', { exact: true }).click()
    await panel.getByRole('button', { name: 'Cancel the appointment' }).click()
    await expect(page.getByRole('link', { name: /^Clara Lind/ })).toHaveCount(0)
    await expect(watched.getByText('Cancelled').first()).toBeVisible(heard)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByRole('link', { name: /^Clara Lind/ })).toBeVisible()
    await expect(watched.getByText('Confirmed').first()).toBeVisible(heard)
  })
  await Promise.all([desk.close(), street.close()])
})

test('free time is dragged over and blocked, stretched, named; a caller is booked, also outside the hours', async ({
  browser,
}) => {
  const desk = await browser.newContext({ viewport: { width: 1440, height: 1000 } })
  const mine = await ownHouse(desk, 'block', fitting)
  const page = await desk.newPage()
  await page.goto(calendarOf(mine, `&view=day&date=${wednesday}`))
  await live(page)
  const [nine, noon] = [page.getByText('10:00', { exact: true }), page.getByText('12:00', { exact: true })]
  const hour = ((await centre(noon)).y - (await centre(nine)).y) / 2
  const column = await centre(page.locator('[data-column="0"]'))
  const at = async (hours: number) => ({ x: column.x, y: (await centre(nine)).y + (hours - 10) * hour + 2 })
  const block = page.getByRole('link', { name: /School run|Blocked/ })

  await test.step('blocked, stretched by its edge, and by keys', async () => {
    await drag(page, await at(13), { x: column.x, y: (await at(14)).y - 6 })
    await page.getByRole('button', { name: 'Block this time' }).click()
    await expect(page.getByText(/^Blocked, 13:00.*14:00/)).toBeVisible()
    await expect(block).toContainText('13:00')
    const edge = await block.boundingBox()
    if (!edge) throw new Error('is not to be seen')
    await drag(
      page,
      { x: column.x, y: edge.y + edge.height - 3 },
      { x: column.x, y: edge.y + edge.height + hour - 4 },
    )
    await expect(page.getByText(/^The block is at 13:00.*15:00/)).toBeVisible()
    await block.focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Shift+ArrowUp')
    await page.keyboard.press('Enter')
    await expect(page.getByText(/^The block is at 13:00.*14:45/)).toBeVisible()
  })

  await test.step('its label is for those who work there', async () => {
    await block.click()
    await page.getByText('Change', { exact: true }).click()
    await page.getByLabel(/What for/).fill('School run')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('link', { name: /^School run/ })).toBeVisible()
    const times = `/api/v1/providers/${mine.providerId}/availability?startDate=${wednesday}&days=1&includeBooked=true`
    const shown = await (await page.request.get(base + times)).text()
    expect(shown).toContain('blocked')
    expect(shown).not.toContain('School run')
  })

  await test.step('a caller, at a time that is offered', async () => {
    await live(page)
    await page.keyboard.press('n')
    const panel = page.getByRole('region', { name: 'Appointment' })
    await panel
      .getByText(/11:00$/)
      .first()
      .click()
    await panel.getByRole('button', { name: 'Book', exact: true }).click()
    await expect(panel.getByText('Enter a name, or find the client above.')).toBeVisible()
    await panel.getByLabel('Name').fill('Rui Falcão')
    await panel.getByLabel('Phone').fill('+49 30 1234567')
    await panel.getByRole('button', { name: 'Book', exact: true }).click()
    await expect(page.getByRole('link', { name: /^Rui Falcão 11:00/ })).toBeVisible()
  })

  await test.step('the same person again, found by number, earlier than anybody works', async () => {
    await page.goto(calendarOf(mine, `&view=day&date=${wednesday}&open=book&at=07:15`))
    const panel = page.getByRole('region', { name: 'Appointment' })
    await expect(panel.getByRole('radio', { name: 'Another time' })).toBeChecked()
    await live(page)
    await panel.getByLabel('Find a client').pressSequentially('1234567')
    await page.getByRole('option', { name: /Rui Falcão/ }).click()
    await panel.getByRole('button', { name: 'Book', exact: true }).click()
    await expect(panel.getByText('That is outside the hours.').first()).toBeVisible()
    await live(page)
    await panel.getByLabel(/although it is outside/).check()
    await panel.getByLabel('Find a client').pressSequentially('rui')
    await page.getByRole('option', { name: /Rui Falcão/ }).click()
    await panel.getByRole('button', { name: 'Book', exact: true }).click()
    await expect(page.getByRole('link', { name: /^Rui Falcão 07:15/ })).toBeVisible()
  })
  await desk.close()
})

for (const width of [390, 1440])
  test(`at ${width} px every view is reached by keys or fingers, and is accessible`, async ({ browser }) => {
    test.setTimeout(120_000)
    const phone = width === 390
    const context = await browser.newContext({
      viewport: { width, height: 844 },
      hasTouch: phone,
      isMobile: phone,
      ...(phone ? { userAgent: 'Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36' } : {}),
    })
    const mine = await ownHouse(context, `views-${width}`, fitting)
    const page = await context.newPage()
    const errors = watchConsole(page)
    await booked(page, mine, '10:00', 'Clara Lind')
    await mine.call('calendar.block', {
      businessId: mine.businessId,
      providerId: mine.providerId,
      startTime: berlin(wednesday, '12:00'),
      endTime: berlin(wednesday, '13:00'),
      label: 'Lunch',
    })
    await page.goto(calendarOf(mine, `&date=${wednesday}`))
    await live(page)
    const views = page.getByRole('navigation', { name: 'View' })
    await expect(views.getByRole('link', { name: phone ? 'Day' : 'Week' })).toHaveAttribute(
      'aria-current',
      'page',
    )

    if (phone)
      await test.step('a finger opens a day, and asks what shall be at a free time', async () => {
        const days = page.getByRole('navigation', { name: 'Days of the week' })
        await days.getByRole('link', { name: /^Thu/ }).click()
        await expect(page.getByRole('heading', { name: /^Thursday/, level: 1 })).toBeVisible()
        await live(page)
        const { x, y } = await centre(page.locator('[data-column="0"]'), 0.2)
        await page.touchscreen.tap(x, y)
        await page.getByRole('button', { name: 'Book for a client' }).tap()
        await expect(page.getByRole('heading', { name: 'Book for a client' })).toBeVisible()
        await page.getByRole('link', { name: 'Close' }).tap()
        await expect(page.getByRole('heading', { name: 'Book for a client' })).toHaveCount(0)
      })
    else
      await test.step('by keys', async () => {
        await page.keyboard.press('?')
        await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden()
        for (const [key, view] of ['mMonth', 'aAgenda', 'dDay'].map(
          (k) => [k[0] ?? '', k.slice(1)] as const,
        )) {
          await page.keyboard.press(key)
          await expect(views.getByRole('link', { name: view })).toHaveAttribute('aria-current', 'page')
          await expect(page.getByRole('link', { name: /Clara Lind/ })).toBeVisible()
        }
        await page.keyboard.press('ArrowRight')
        await expect(page.getByRole('heading', { name: /^Thursday/, level: 1 })).toBeVisible()
        await page.keyboard.press('t')
        await expect(page.locator('[data-column][data-today]')).toHaveCount(1)
        await page.keyboard.press('b')
        await expect(page.getByRole('heading', { name: 'Block time' })).toBeVisible()
      })

    await test.step('nobody is shut out, in light and dark', async () => {
      for (const view of ['day', 'week', 'month', 'agenda', 'day&open=book', 'agenda&open=new']) {
        await page.goto(calendarOf(mine, `&date=${wednesday}&view=${view}`))
        await live(page)
        await accessible(page)
      }
    })
    // A browser that leaves a page before it has read its head may ask for an icon of its own accord.
    expect(errors.filter((error) => !error.includes('/favicon.ico'))).toEqual([])
    await context.close()
  })

test('a provider sees and tends their own time, and no colleague’s', async ({ browser }) => {
  const [desk, home] = [await browser.newContext(), await browser.newContext()]
  const mine = await ownHouse(desk, 'own', fitting)
  const { businessId, providerId, slug } = mine
  const other = await mine.call('provider.create', {
    businessId,
    name: 'Marek Duda',
    rules: { timeZone: 'Europe/Berlin', weekly: { '3': [['08:00', '20:00']] }, overrides: {} },
    serviceIds: [mine.serviceId],
  })
  const editor = await desk.newPage()
  await booked(editor, mine, '10:00', 'Clara Lind')
  await booked(editor, { ...mine, providerId: String(other.providerId) }, '11:00', 'Not Mine')
  // Whoever has a business of their own works in another one too.
  await ownHouse(home, 'colleague')
  const session = await home.request.get(`${base}/api/auth/get-session`)
  const { user } = (await session.json()) as { user: { id: string } }
  await mine.call('membership.grant', { businessId, userId: user.id, role: 'provider' })
  const page = await home.newPage()
  await page.goto(`${base}/b/${slug}/calendar`)
  await expect(page.getByText('No calendar is yours yet.')).toBeVisible()

  await editor.goto(`${base}/b/${slug}/admin/providers/${providerId}`)
  await editor.getByLabel('Whose calendar it is').selectOption(user.id)
  await editor.getByRole('button', { name: 'Save' }).first().click()
  await expect(editor.getByText('Saved.')).toBeVisible()

  await page.goto(`${base}/b/${slug}/calendar?view=day&date=${wednesday}`)
  await expect(page.getByRole('link', { name: /^Clara Lind/ })).toBeVisible()
  await expect(page.getByText('Not Mine')).toHaveCount(0)
  await page.getByRole('link', { name: 'Block time' }).click()
  await page.getByRole('button', { name: 'Block', exact: true }).click()
  await expect(page).toHaveURL(new RegExp(`/b/${slug}/calendar\\?`))
  await expect(page.getByRole('link', { name: /^Blocked/ })).toBeVisible()
  await page.goto(`${base}/b/${slug}/admin`)
  await expect(page.getByRole('link', { name: 'Clients' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Messages' })).toHaveCount(0)
  expect((await home.request.get(`${base}/b/${slug}/admin/clients/export`)).status()).toBe(403)
  await Promise.all([desk.close(), home.close()])
})

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false })

  test('a caller is booked, moved and cancelled by forms alone', async ({ page, context }) => {
    const mine = await ownHouse(context, 'plain', fitting)
    await page.goto(calendarOf(mine, `&view=day&date=${wednesday}`))
    await page.getByRole('link', { name: 'New appointment' }).click()
    const panel = page.getByRole('region', { name: 'Appointment' })
    await panel.getByRole('button', { name: 'Show times' }).click()
    await panel
      .getByText(/14:00$/)
      .first()
      .click()
    await panel.getByLabel('Name').fill('Rui Falcão')
    await panel.getByLabel('Email').fill('rui@example.com')
    await panel.getByRole('button', { name: 'Book', exact: true }).click()
    await expect(page.getByRole('link', { name: /^Rui Falcão 14:00/ })).toBeVisible()
    await panel.getByText('Move', { exact: true }).click()
    await panel.getByLabel('Time').fill('14:10')
    await panel.getByRole('button', { name: 'Move it' }).click()
    await expect(panel.getByText('The service does not begin at that time.')).toBeVisible()
    await panel.getByLabel('Time').fill('16:00')
    await panel.getByRole('button', { name: 'Move it' }).click()
    await expect(page.getByRole('link', { name: /^Rui Falcão 16:00/ })).toBeVisible()
    await panel.getByText('Cancel', { exact: true }).click()
    await panel.getByRole('button', { name: 'Cancel the appointment' }).click()
    await expect(page.getByRole('link', { name: /^Rui Falcão/ })).toHaveCount(0)
  })
})
