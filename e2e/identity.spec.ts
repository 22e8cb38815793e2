import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Page, test } from '@playwright/test'
import postgres from 'postgres'
import { assertInvariants } from '../db/invariants'
import { linkIn, mailTo } from '../db/testing-mail'

const base = process.env.E2E_URL ?? ''
const owner = postgres(process.env.E2E_OWNER_URL ?? '', { max: 1, onnotice: () => {} })

test.afterAll(async () => {
  await assertInvariants(owner)
  await owner.end()
})

const first = 'correct horse battery'
const second = 'another horse battery'

async function accessible(page: Page) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page }).analyze()
    const where = new URL(page.url()).pathname
    expect(violations.map((v) => `${where} ${colorScheme}: ${v.id} ${v.nodes[0]?.html}`)).toEqual([])
  }
}

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
      await press(page, 'Sign out')
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
