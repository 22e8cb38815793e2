import { type Browser, expect, type Page, test } from '@playwright/test'
import postgres from 'postgres'
import { assertInvariants } from '../db/invariants'
import { linkIn, mailTo } from '../db/testing-mail'
import { signedIn } from './house'
import { accessible, base } from './testing'

const owner = postgres(process.env.E2E_OWNER_URL ?? '', { max: 1, onnotice: () => {} })

test.afterAll(async () => {
  await assertInvariants(owner)
  await owner.end()
})

const first = 'correct horse battery'
const second = 'another horse battery'

/** By keyboard alone. */
async function write(page: Page, label: string, text: string) {
  await page.getByLabel(label, { exact: true }).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(text)
}
async function press(page: Page, name: string) {
  await page.getByRole('button', { name, exact: true }).focus()
  await page.keyboard.press('Enter')
}
async function signOut(page: Page) {
  await page.getByRole('button', { name: /Menu$/ }).focus()
  await page.keyboard.press('Enter')
  await press(page, 'Sign out')
}
async function signIn(page: Page, email: string, password: string) {
  await page.goto(`${base}/sign-in`)
  await write(page, 'Email', email)
  await write(page, 'Password', password)
  await page.keyboard.press('Enter')
}

/** The link in the newest mail to somebody since `before`. */
const linkTo = async (email: string, before: Date) => linkIn(await mailTo(owner, email, before))

function watchConsole(page: Page): string[] {
  const said: string[] = []
  page.on('console', (m) => m.type() === 'error' && said.push(m.text()))
  page.on('pageerror', (e) => said.push(String(e)))
  return said
}

async function elsewhere(browser: Browser, email: string, password: string) {
  const context = await browser.newContext()
  const page = await context.newPage()
  await signIn(page, email, password)
  await expect(page).toHaveURL(`${base}/me`)
  return page
}

for (const width of [390, 1440])
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height: 900 } })

    test('somebody signs up, proves the address, comes by a link, ends a session elsewhere, and chooses a new password', async ({
      page,
      browser,
    }) => {
      test.setTimeout(120_000)
      const errors = watchConsole(page)
      const email = `ada-${width}-${Date.now()}@example.com`

      await page.goto(`${base}/sign-up`)
      await accessible(page)
      await write(page, 'Name', 'Ada Byron')
      await write(page, 'Email', 'ada')
      await write(page, 'Password', 'short')
      await page.keyboard.press('Enter')
      await expect(page.getByText('Enter an address like name@example.com.')).toBeVisible()
      await expect(page.getByLabel('Name')).toHaveValue('Ada Byron')
      await expect(page.getByLabel('Email')).toHaveValue('ada')
      await expect(page.getByLabel('Password')).toHaveValue('')
      await accessible(page)

      let before = new Date()
      await write(page, 'Email', email)
      await write(page, 'Password', first)
      await page.keyboard.press('Enter')
      await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
      await expect(page.getByText(email)).toBeVisible()
      await accessible(page)
      await page.goto(await linkTo(email, before))
      await accessible(page)
      await page.reload()
      await press(page, 'Confirm and go on')
      await expect(page).not.toHaveURL(/\/link\//)
      await page.goto(`${base}/me`)
      await expect(page.getByRole('heading', { name: 'Hello, Ada Byron' })).toBeVisible()
      await accessible(page)
      await signOut(page)
      await expect(page.getByText('You are signed out.')).toBeVisible()

      before = new Date()
      await write(page, 'Email', email)
      await press(page, 'Mail me a link instead')
      await expect(page.getByText(`If ${email} has an account`, { exact: false })).toBeVisible()
      const link = await linkTo(email, before)
      await page.goto(link)
      await press(page, 'Sign in')
      await expect(page).toHaveURL(`${base}/me`)
      await page.goto(link)
      await expect(page.getByRole('heading', { name: 'This link does not work any more' })).toBeVisible()

      const other = await elsewhere(browser, email, first)
      await page.goto(`${base}/me/account`)
      await expect(page.getByText('Confirmed', { exact: true })).toBeVisible()
      await expect(page.getByText('This one', { exact: true })).toBeVisible()
      await accessible(page)
      await page.getByRole('button', { name: /^End: / }).focus()
      await page.keyboard.press('Enter')
      await expect(page.getByText('Ended.')).toBeVisible()
      await other.reload()
      await expect(other).toHaveURL(/\/sign-in/)
      await other.context().close()

      const third = await elsewhere(browser, email, first)
      before = new Date()
      await page.goto(`${base}/forgot-password`)
      await accessible(page)
      await write(page, 'Email', email)
      await page.keyboard.press('Enter')
      await expect(page.getByText(`If ${email} has an account`, { exact: false })).toBeVisible()
      await page.goto(await linkTo(email, before))
      await accessible(page)
      await write(page, 'New password', second)
      await page.keyboard.press('Enter')
      await expect(page.getByText('Your password is changed', { exact: false })).toBeVisible()
      await third.reload()
      await expect(third).toHaveURL(/\/sign-in/)
      await third.context().close()
      await signIn(page, email, first)
      await expect(
        page.getByText('The address and the password do not belong together', { exact: false }),
      ).toBeVisible()
      await expect(page.getByLabel('Email')).toHaveValue(email)
      await accessible(page)
      await signIn(page, email, second)
      await expect(page).toHaveURL(`${base}/me`)
      expect(errors).toEqual([])
    })
  })

/** Somebody with an account, signed in in this browser. */
async function someone(page: Page, name: string) {
  const email = `${name.toLowerCase()}-${Date.now()}@example.com`
  await signedIn(page, { name, email, password: first })
  return email
}

test('a device’s key is added, signs in, and is removed', async ({ page }) => {
  const errors = watchConsole(page)
  const device = await page.context().newCDPSession(page)
  await device.send('WebAuthn.enable')
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  const email = await someone(page, 'Kay')
  await page.goto(`${base}/me/account`)
  await press(page, 'Add a passkey')
  const remove = page.getByRole('button', { name: /^Remove: / })
  await expect(remove).toBeVisible()
  await accessible(page)
  await signOut(page)
  await expect(page).toHaveURL(/\/sign-in/)
  await press(page, 'Sign in with a passkey')
  await expect(page).toHaveURL(`${base}/me`)
  await page.goto(`${base}/me/account`)
  await expect(page.getByText(email)).toBeVisible()
  await remove.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('The passkey is removed.')).toBeVisible()
  await expect(page.getByText('None yet.')).toBeVisible()
  const changes = await owner`
    select 1 from event_log e join auth.user u on u.id = e.aggregate_id
    where u.email = ${email} and e.type = 'auth.user.updated.v1'`
  expect(changes).toHaveLength(2)
  expect(errors).toEqual([])
})

test('a colleague is asked by mail, makes an account and takes the role', async ({ page, browser }) => {
  const errors = watchConsole(page)
  await someone(page, 'Olga')
  const slug = `salon-${Date.now()}`
  const made = await page.request.post(`${base}/api/trpc/business.create`, {
    headers: { origin: base },
    data: { name: 'Salon Olga', slug, timeZone: 'Europe/Berlin' },
  })
  expect(made.status()).toBe(200)
  await page.goto(`${base}/me`)
  await page.getByRole('link', { name: 'Team' }).click()
  await accessible(page)
  const email = `pia-${Date.now()}@example.com`
  await write(page, 'Email', 'pia')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Enter an address like name@example.com.')).toBeVisible()
  await expect(page.getByLabel('Email')).toHaveValue('pia')
  let before = new Date()
  await write(page, 'Email', email)
  await page.keyboard.press('Enter')
  await expect(page.getByText('The invitation is on its way.')).toBeVisible()
  await expect(page.getByText(email, { exact: true })).toBeVisible()
  await accessible(page)

  const theirs = await (await browser.newContext()).newPage()
  await theirs.goto(await linkTo(email, before))
  await expect(theirs.getByText('Olga would like you to join Salon Olga as provider.')).toBeVisible()
  await accessible(theirs)
  await theirs.getByRole('link', { name: 'Create an account' }).click()
  before = new Date()
  await write(theirs, 'Name', 'Pia')
  await write(theirs, 'Email', email)
  await write(theirs, 'Password', first)
  await theirs.keyboard.press('Enter')
  await expect(theirs.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
  await theirs.goto(await linkTo(email, before))
  await press(theirs, 'Confirm and go on')
  await expect(theirs.getByText(`You accept as ${email}.`)).toBeVisible()
  await accessible(theirs)
  await press(theirs, 'Accept')
  await expect(theirs).toHaveURL(`${base}/me`)
  await expect(theirs.getByRole('link', { name: 'Salon Olga', exact: true })).toBeVisible()
  await expect(theirs.getByText('provider', { exact: true })).toBeVisible()
  await theirs.context().close()
  await page.reload()
  await expect(page.getByText('Pia', { exact: true })).toBeVisible()
  await expect(page.getByText('Nobody is invited at the moment.')).toBeVisible()
  await press(page, 'End role: Pia, provider')
  await expect(page.getByText('The role is ended, at once and everywhere.')).toBeVisible()
  await expect(page.getByText('Pia', { exact: true })).toBeHidden()
  await accessible(page)
  expect(errors).toEqual([])
})

test.describe('without script, in German', () => {
  test.use({ javaScriptEnabled: false, locale: 'de-DE' })

  test('an account is made, entered, renamed and deleted', async ({ page }) => {
    const email = `emil-${Date.now()}@example.com`
    const before = new Date()
    await page.goto(`${base}/sign-up`)
    await page.getByLabel('Name').fill('Emil Berliner')
    await page.getByLabel('E-Mail').fill(email)
    await page.getByLabel('Passwort').fill(first)
    await page.getByRole('button', { name: 'Konto anlegen' }).click()
    await expect(page.getByRole('heading', { name: 'Sehen Sie in Ihre Mails' })).toBeVisible()
    const mail = await mailTo(owner, email, before)
    expect(mail.subject).toBe('Bestätigen Sie Ihre Adresse')
    await page.goto(linkIn(mail))
    await page.getByRole('button', { name: 'Bestätigen und weiter' }).click()
    await page.goto(`${base}/me/account`)
    await page.getByLabel('Name').fill('Emil B.')
    await page.getByRole('button', { name: 'Speichern' }).click()
    await expect(page.getByText('Gespeichert.')).toBeVisible()
    await page.getByRole('link', { name: 'Konto löschen' }).click()
    await page.getByLabel('Jetziges Passwort').fill('nicht mein Passwort')
    await page.getByRole('button', { name: 'Mein Konto endgültig löschen' }).click()
    await expect(page.getByText('Das ist nicht Ihr jetziges Passwort.')).toBeVisible()
    await page.getByLabel('Jetziges Passwort').fill(first)
    await page.getByRole('button', { name: 'Mein Konto endgültig löschen' }).click()
    await expect(page.getByText('Ihr Konto ist gelöscht', { exact: false })).toBeVisible()
    await page.goto(`${base}/me`)
    await expect(page).toHaveURL(/\/sign-in/)
    const rows = await owner`select 1 from auth.user where email = ${email} or name like 'Emil%'`
    expect(rows).toHaveLength(0)
  })
})
