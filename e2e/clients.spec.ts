import { type BrowserContext, expect, test } from '@playwright/test'
import postgres from 'postgres'
import { assertInvariants } from '../db/invariants'
import { signedIn } from './house'
import { base, clean } from './testing'

test.afterAll(async () => {
  const owner = postgres(process.env.E2E_OWNER_URL ?? '', { max: 1, onnotice: () => {} })
  await assertInvariants(owner)
  await owner.end()
})

/** An owner at the desk of a new business, whose provider is asked for every day. */
async function atTheDesk(context: BrowserContext, slug: string): Promise<void> {
  const call = await signedIn(context, { email: `${slug}@example.com` })
  await call('business.create', { name: 'Brightwater', slug, timeZone: 'Europe/Berlin' })
}

for (const width of [390, 1440])
  test(`at ${width} px clients are added, imported, written about and merged`, async ({ browser }) => {
    const slug = `clients-${width}-${test.info().repeatEachIndex}`
    const context = await browser.newContext({ viewport: { width, height: 900 } })
    await atTheDesk(context, slug)
    const page = await context.newPage()
    const root = `${base}/b/${slug}/admin/clients`
    await page.goto(root)
    await expect(page.getByText('No clients yet')).toBeVisible()

    await test.step('one is added, and what is wrong is said where it stands', async () => {
      await page.getByRole('link', { name: 'New client' }).click()
      await expect(page.getByRole('heading', { name: 'New client' })).toBeVisible()
      await page.getByLabel('Name').fill('Ada Byron')
      await page.getByLabel('Email').fill('not an address')
      await page.getByRole('button', { name: 'Save' }).click()
      await expect(page.getByText('Enter an email address like')).toBeVisible()
      await expect(page.getByLabel('Name')).toHaveValue('Ada Byron')
      await page.getByLabel('Email').fill('ada@example.com')
      await page.getByRole('button', { name: 'Save' }).click()
      await expect(page.getByRole('heading', { name: 'Ada Byron' })).toBeVisible()
    })

    await test.step('a note says who wrote it', async () => {
      await page.getByLabel('New note').fill('prefers mornings')
      await page.getByRole('button', { name: 'Add note' }).click()
      await expect(page.getByText('prefers mornings')).toBeVisible()
      await expect(page.getByRole('listitem').filter({ hasText: 'prefers mornings' })).toContainText(
        'Nora Quill',
      )
    })

    await test.step('what was sent to somebody is found from their page', async () => {
      await page.getByRole('link', { name: 'What was sent' }).click()
      await expect(page.getByText('No message is like that.')).toBeVisible()
      await expect(page.getByRole('main').getByRole('link', { name: 'Ada Byron' })).toBeVisible()
    })

    await test.step('a list is looked at, and then taken over', async () => {
      await page.goto(`${root}/import`)
      await page.getByLabel('File').setInputFiles({
        name: 'people.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(
          'Kunde;Mail;Tel\nA. Lovelace;lovelace@example.com;\n=1+1;;\nAda;ADA@example.com;\nBob;bob;\n',
        ),
      })
      await page.getByRole('button', { name: 'Look at it' }).click()
      await expect(page.getByText('2 people will be added, 2 lines stay out')).toBeVisible()
      await expect(page.getByText('You know this person already')).toBeVisible()
      await clean(page)
      await page.getByRole('button', { name: 'Add 2 people' }).click()
      await expect(page.getByText('2 people were added. 2 lines stayed out.')).toBeVisible()
      await expect(page.getByRole('link', { name: '=1+1' })).toBeVisible()
      const file = await context.request.get(`${root}/export`)
      expect(await file.text()).toContain("\r\n'=1+1,")
    })

    await test.step('two entries become one, and two again', async () => {
      await page.getByRole('searchbox').fill('byron')
      await page.getByRole('button', { name: 'Search', exact: true }).click()
      await page.getByRole('link', { name: 'Ada Byron' }).click()
      await page.getByRole('link', { name: 'Merge with another entry' }).click()
      await page.getByRole('searchbox').fill('lovelace')
      await page.getByRole('button', { name: 'Search', exact: true }).click()
      await page.getByRole('link', { name: 'A. Lovelace' }).click()
      await expect(page.getByText('0 appointments, 0 places on waiting lists and 0 notes')).toBeVisible()
      await clean(page)
      await page.getByRole('button', { name: 'Merge the two' }).click()
      await clean(page)
      await page.getByRole('button', { name: 'Separate again: A. Lovelace' }).click()
      await expect(page.getByRole('heading', { name: 'A. Lovelace' })).toBeVisible()
    })
    await context.close()
  })
