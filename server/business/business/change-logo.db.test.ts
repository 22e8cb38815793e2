import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { person, testWorld, type World } from '@/db/testing-world'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { newId } from '@/server/core/id'
import { changeLogo } from './change-logo'
import { logoPath } from './model'
import { showLogo, showOffer, showOwnBusiness } from './queries'

let db: TestDatabase
let world: World
beforeAll(async () => {
  db = await testDatabase()
  world = await testWorld()
})
afterEach(() => assertInvariants(db.owner))
afterAll(() => db.drop())

const own = () => newCall(world.owner)
const drawn = (background: string) =>
  sharp({ create: { width: 300, height: 200, channels: 3, background } })
    .png()
    .toBuffer()

async function shown() {
  const { slug } = await showOwnBusiness.execute({ businessId: world.businessId }, own())
  const offer = await showOffer.execute({ slug }, newCall(anonymous))
  const picture = await showLogo.execute({ slug }, newCall(anonymous)).catch(() => null)
  return { slug, logo: offer.logo, picture }
}

test('a logo is shown to everybody at an address of its own, another takes its place, and it goes', async () => {
  const { businessId } = world
  const first = await changeLogo({ businessId, file: await drawn('#c00000') }, own())
  const before = await shown()
  expect(before.logo).toBe(logoPath({ slug: before.slug, logo: first.logo }))
  expect(before.picture?.version).toBe(first.logo)
  expect((await sharp(before.picture?.image).metadata()).width).toBe(256)
  const second = await changeLogo({ businessId, file: await drawn('#0000c0') }, own())
  expect(second.logo).not.toBe(first.logo)
  expect((await shown()).picture?.version).toBe(second.logo)
  await changeLogo({ businessId, file: null }, own())
  expect(await shown()).toMatchObject({ logo: null, picture: null })
})

test('only those who run the business change it, and nobody makes it what is no picture', async () => {
  const { businessId } = world
  const file = await drawn('#c00000')
  const provider = person(newId(), [{ tenantId: businessId, role: 'provider' }])
  await expect(changeLogo({ businessId, file }, newCall(provider))).rejects.toMatchObject({
    kind: 'forbidden',
  })
  await expect(changeLogo({ businessId, file }, newCall(person()))).rejects.toMatchObject({
    kind: 'not_found',
  })
  await expect(changeLogo({ businessId, file: Buffer.from('<svg/>') }, own())).rejects.toMatchObject({
    kind: 'malformed',
  })
})
