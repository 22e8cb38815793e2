import { expect, test } from '@playwright/test'
import postgres from 'postgres'
import { linkIn, mailTo } from '../db/testing-mail'
import { ownHouse } from './house'
import { accessible, base, watchConsole } from './testing'

const owner = postgres(process.env.E2E_OWNER_URL ?? '', { max: 1, onnotice: () => {} })
test.afterAll(() => owner.end())

test('what somebody books is on their page at once, and everybody’s bell says what is new', async ({
  browser,
}) => {
  test.setTimeout(60_000)
  const desk = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const house = await ownHouse(desk, 'bell')
  const office = await desk.newPage()
  await office.goto(`${base}/b/${house.slug}/admin`)

  const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, timezoneId: 'Asia/Tokyo' })
  const page = await phone.newPage()
  const errors = watchConsole(page)
  const email = `zoe-${house.slug}@example.com`
  const before = new Date()
  await page.goto(`${base}/sign-up`)
  await page.getByLabel('Name').fill('Zoë Quirk')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill('correct horse battery')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
  await page.goto(linkIn(await mailTo(owner, email, before)))
  await page.getByRole('button', { name: 'Confirm and go on' }).click()
  await expect(page).not.toHaveURL(/\/link\//)
  await page.goto(`${base}/me`)
  await expect(page.getByText('Nothing is coming up')).toBeVisible()
  await expect(page.getByText('Live', { exact: true })).toBeVisible()

  await page.goto(`${base}/b/${house.slug}/wait?service=${house.serviceId}`)
  await expect(page.getByLabel('Name')).toHaveValue('Zoë Quirk')
  await expect(page.getByLabel('Email')).toHaveValue(email)
  await page.goto(`${base}/me`)
  await expect(page.getByText('Live', { exact: true })).toBeVisible()

  const bell = page.getByRole('button', { name: /^Inbox/ })
  const theirs = office.getByRole('complementary').getByRole('button', { name: /^Inbox/ })
  await expect(theirs).toHaveText('Inbox')
  const days = await phone.request.get(
    `${base}/api/v1/providers/${house.providerId}/availability?days=20&startDate=${new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)}`,
  )
  const offered = (await days.json()) as { days: { slots: { startTime: string }[] }[] }
  const booked = await phone.request.post(`${base}/api/v1/bookings`, {
    data: {
      providerId: house.providerId,
      serviceId: house.serviceId,
      startTime: offered.days.flatMap((day) => day.slots)[0]?.startTime,
      client: { name: 'Zoë Quirk', email },
    },
    headers: { origin: base, 'idempotency-key': `own-${house.slug}` },
  })
  expect(booked.status(), await booked.text()).toBe(201)

  await expect(page.getByRole('link', { name: 'First talk' })).toBeVisible()
  await expect(page.getByText(/Berlin time\. For you/)).toBeVisible()
  await expect(bell).toHaveText(/Inbox, 1 unread/)
  await expect(theirs).toHaveText(/Inbox, 1 unread/)

  await theirs.click()
  await office.getByRole('link', { name: /New booking.*First talk · Zoë Quirk/ }).click()
  await expect(office).toHaveURL(/\/admin\/calendar\?.*open=/)
  await expect(
    office.getByRole('complementary').getByRole('button', { name: 'Inbox', exact: true }),
  ).toBeVisible()

  await bell.click()
  await accessible(page)
  await page.getByRole('link', { name: /Your booking is confirmed/ }).click()
  await expect(page).toHaveURL(/\/bookings\//)
  await expect(page.getByRole('button', { name: 'Inbox', exact: true })).toBeVisible()

  const { id, manageToken } = (await booked.json()) as { id: string; manageToken: string }
  await phone.setOffline(true)
  await desk.request.post(`${base}/bookings/${id}/cancel`, {
    form: { token: manageToken },
    headers: { origin: base },
  })
  await phone.setOffline(false)
  await expect(bell).toHaveText(/Inbox, 1 unread/)

  const plain = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
    storageState: await phone.storageState(),
  })
  const still = await plain.newPage()
  await still.goto(`${base}/me`)
  const unread = still.getByRole('link', { name: 'Inbox, 1 unread' })
  await unread.click()
  await expect(still.getByRole('link', { name: /was cancelled.*Unread/ })).toBeVisible()
  await still.getByRole('button', { name: 'Mark all as read' }).click()
  await expect(still.getByRole('link', { name: 'Your booking was cancelled', exact: true })).toBeVisible()
  await still.getByRole('link', { name: 'Bookings' }).click()
  await still.getByRole('link', { name: 'Earlier' }).click()
  await expect(still.getByText('Cancelled')).toBeVisible()
  expect(errors.filter((said) => !said.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([])
  for (const context of [desk, phone, plain]) await context.close()
})

test('notices in a browser are turned on, shown and taken back; where that cannot be, the page says why', async ({
  browser,
}) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  await ownHouse(context, 'notices')
  const here = `${base}/me/account/messages`
  const page = await context.newPage()
  await page.goto(here)
  await page.getByRole('button', { name: 'Turn them on here' }).click()
  await expect(page.getByText('This browser was told not to show notices')).toBeVisible()

  await context.grantPermissions(['notifications'], { origin: new URL(base).origin })
  await page.reload()
  const on = page.getByRole('button', { name: 'Turn them on here' })
  await on.click()
  // A browser of tests has no notice service: it hears so, and may try again.
  await expect(page.getByText('could not reach its notice service')).toBeVisible()
  await expect(on).toBeVisible()

  const devtools = await context.newCDPSession(page)
  const registered = new Promise<string>((found) =>
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      if (registrations[0]) found(registrations[0].registrationId)
    }),
  )
  await devtools.send('ServiceWorker.enable')
  const data = JSON.stringify({ title: 'House', body: 'New booking', tag: 'one', url: '/me/inbox' })
  const to = { origin: new URL(base).origin, registrationId: await registered }
  await devtools.send('ServiceWorker.deliverPushMessage', { ...to, data })
  const shown = () =>
    page.evaluate(async () => {
      const worker = await navigator.serviceWorker.getRegistration('/')
      return (await worker?.getNotifications())?.map(({ title, body }) => `${title}: ${body}`)
    })
  await expect.poll(shown).toEqual(['House: New booking'])

  const taken = await context.request.post(`${here}/browser`, {
    form: { endpoint: 'https://push.example/one', p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) },
    headers: { origin: base },
  })
  expect(new URL(taken.url()).search).toBe('')
  await page.reload()
  await accessible(page)
  await page.getByRole('button', { name: /^Remove: Chrome/ }).click()
  await expect(page.getByRole('heading', { name: 'Messages' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Remove:/ })).toHaveCount(0)
  await context.close()
})
