import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { signedIn } from './house'
import { base } from './testing'

const place = JSON.parse(process.env.E2E_PLACE ?? '{}') as {
  slug: string
  providerId: string
  serviceId: string
}
const password = 'correct horse battery'

/** Words that no German sentence has, and hardly an English one is without. */
const english =
  /\b(the|and|your|you|with|from|for|not|yet|please|search|save|cancel|back|show|book|today|settings|free|more|next|choose|nobody|nothing|here|there|this|that|time|times|sign|email|language|minutes|hours|people|service|services|provider|providers|add|edit|new|week|day|month)\b/gi

test.use({ locale: 'de-DE' })

/** All that a page says or would say, without what the business itself wrote and the names of zones. */
const said = (page: Page) =>
  page.evaluate(() => {
    const texts = [document.title]
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (nodes.nextNode())
      if (!nodes.currentNode.parentElement?.closest('script, style, select[name$="one"]'))
        texts.push(nodes.currentNode.nodeValue ?? '')
    for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
      for (const element of document.querySelectorAll(`[${name}]`))
        texts.push(element.getAttribute(name) ?? '')
    return texts.join('\n').replaceAll(/Test House|Ada Test|Session|English/g, '')
  })

async function german(page: Page, path: string) {
  await page.goto(base + path)
  await expect(page.locator('html'), path).toHaveAttribute('lang', 'de')
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 })
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(over, `${path} is too wide at ${width} px`).toBeLessThanOrEqual(0)
  }
  expect([...new Set((await said(page)).match(english) ?? [])], path).toEqual([])
}

async function owner(context: BrowserContext) {
  const email = `gerda-${Date.now()}@example.com`
  const slug = `werkstatt-${Date.now()}`
  const call = await signedIn(context, { email, password, name: 'Gerda Wagner', language: 'de' })
  await call('business.create', {
    name: 'Werkstatt Wagner',
    slug,
    timeZone: 'Europe/Berlin',
    language: 'de',
  })
  return { slug, email }
}

test('visitors find no English left, at any width', async ({ page }) => {
  const { slug, providerId, serviceId } = place
  for (const path of [
    '/',
    '/?q=xyzzy',
    '/?upTo=x&within=3',
    `/b/${slug}`,
    `/b/${slug}/${providerId}`,
    `/b/${slug}/book?service=${serviceId}`,
    '/sign-in',
    '/sign-up',
    '/forgot-password',
    '/check-mail?for=reset',
    '/link/sign-in?token=x',
    '/errors/slot_taken',
    '/nowhere',
    // What others were written is in their language: no letter matches this.
    '/mailbox?q=xyzzy',
  ])
    await german(page, path)
})

test('nor do those who run a business', async ({ page, context }) => {
  test.setTimeout(120_000)
  const { slug } = await owner(context)
  const admin = `/b/${slug}/admin`
  await expect(async () => {
    await page.goto(`${base}/start/${slug}/service`)
    await expect(page.locator('form[action$="/save"]')).toBeVisible({ timeout: 1000 })
  }).toPass()
  const own = ['/me', '/me/inbox', '/me/account', '/me/account/messages', '/me/account/delete']
  for (const path of [...own, `/me/team/${slug}`, '/start']) await german(page, path)
  for (const path of ['service', 'hours', 'done']) await german(page, `/start/${slug}/${path}`)
  await page.goto(base + admin)
  const pages = await page
    .locator(`nav a[href^="${admin}"]`)
    .evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href') ?? ''))])
  expect(pages.length).toBeGreaterThan(4)
  const more = ['classes/new', 'clients/new', 'clients/import', 'messages/templates']
  for (const path of [...more, 'services/new', 'providers/new', 'places/new']) pages.push(`${admin}/${path}`)
  for (const path of pages) await german(page, path)
})

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false })

  test('the language is changed and stays, and goes with the account', async ({ page, context, browser }) => {
    const answer = await page.goto(`${base}/?q=ada`)
    expect(answer?.headers()['cache-control']).toContain('no-store')
    await page.getByRole('button', { name: 'English' }).click()
    await expect(page).toHaveURL(`${base}/?q=ada`)
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await page.goto(`${base}/b/${place.slug}`)
    await expect(page.getByRole('heading', { name: 'What can be booked' })).toBeVisible()

    await context.clearCookies()
    const { slug, email } = await owner(context)
    await page.goto(`${base}/b/${slug}/admin`)
    await page.getByRole('button', { name: /^Gerda Wagner Menü$/ }).click()
    await page.getByRole('button', { name: 'English' }).click()
    await expect(page).toHaveURL(`${base}/b/${slug}/admin`)
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')

    const elsewhere = await browser.newContext({ locale: 'de-DE', javaScriptEnabled: false })
    const other = await elsewhere.newPage()
    await other.goto(`${base}/sign-in`)
    await other.getByLabel('E-Mail').fill(email)
    await other.getByLabel('Passwort').fill(password)
    await other.getByRole('button', { name: 'Anmelden', exact: true }).click()
    await expect(other).toHaveURL(`${base}/me`)
    await expect(other.locator('html')).toHaveAttribute('lang', 'en')
    await elsewhere.close()
  })
})
