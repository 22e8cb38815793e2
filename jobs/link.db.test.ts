import { afterEach, beforeEach, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { password, pressLink, someoneSignedIn } from '@/db/testing-browser'
import { testWorld, type World } from '@/db/testing-world'
import { actorOf } from '@/server/auth/user/session'
import { bookAppointment } from '@/server/booking/appointment/book'
import { bookHeld } from '@/server/booking/appointment/book-held'
import { addContact } from '@/server/business/contact/add'
import { mergeContacts } from '@/server/business/contact/merge'
import { ownPhone } from '@/server/business/contact/queries'
import { separateContact } from '@/server/business/contact/separate'
import { updateContact } from '@/server/business/contact/update'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { resourceToken } from '@/server/core/crypto'
import { placeHold } from '@/server/scheduling/hold/place'
import { deleteAccount } from '@/server/workflows/delete-account'
import { type Running, startHandling } from './run'
import { subscriptions } from './subscriptions'

let db: TestDatabase
let world: World
let running: Running

beforeEach(async () => {
  db = await testDatabase()
  world = await testWorld()
  running = await startHandling(subscriptions)
})
afterEach(async () => {
  await running.stop()
  await db.drop()
})

const drained = () => assertInvariants(db.owner, { drained: subscriptions })
const owner = (w = world) => newCall(w.owner)
const entry = async (email: string, w = world) =>
  (await addContact.execute({ businessId: w.businessId, name: 'Zoë Quirk', email }, owner(w))).contactId
/** Whose account each of these entries is, once everything was handled. */
const accounts = async (...ids: string[]) => {
  await drained()
  const rows = await db.owner<{ id: string; user_id: string | null }[]>`select id, user_id from contact`
  return ids.map((id) => rows.find((row) => row.id === id)?.user_id ?? null)
}

test('an address that nobody confirmed gives its account nothing; confirmed, everything of it, in every business', async () => {
  const elsewhere = await testWorld()
  const there = await entry('zoe@quirk.example', elsewhere)
  const zoe = await someoneSignedIn('zoe@quirk.example')
  const here = await entry('zoe@quirk.example')
  const other = await entry('bea@quirk.example')
  expect(await accounts(here, there, other)).toEqual([null, null, null])
  await pressLink('verify_address', zoe)
  expect(await accounts(here, there, other)).toEqual([zoe.userId, zoe.userId, null])
  const { id } = await bookAppointment.execute(
    {
      providerId: world.providerId,
      serviceId: world.serviceId,
      startTime: world.at(3, '09:00'),
      client: { name: 'Zoë', email: 'Zoe@Quirk.example' },
    },
    newCall(anonymous),
  )
  await drained()
  const [booked] = await db.owner<{ user_id: string }[]>`
    select c.user_id from appointment a join contact c on c.id = a.contact_id where a.id = ${id}`
  expect(booked?.user_id).toBe(zoe.userId)
})

test('whoever changes their address, or what is said of them, takes along what is theirs and leaves the rest', async () => {
  const zoe = await someoneSignedIn('zoe@quirk.example')
  await pressLink('verify_address', zoe)
  const [old, fresh] = [await entry('zoe@quirk.example'), await entry('new@quirk.example')]
  expect(await accounts(old, fresh)).toEqual([zoe.userId, null])
  await pressLink('change_address', { ...zoe, email: 'new@quirk.example' })
  expect(await accounts(old, fresh)).toEqual([null, zoe.userId])
  const said = { businessId: world.businessId, contactId: fresh, name: 'Zoë', email: 'x@quirk.example' }
  await updateContact.execute(said, owner())
  expect(await accounts(old, fresh)).toEqual([null, null])
  await updateContact.execute({ ...said, email: 'new@quirk.example' }, owner())
  expect(await accounts(fresh)).toEqual([zoe.userId])
  await deleteAccount(newCall(await actorOf(zoe.headers())), password)
  expect(await accounts(fresh)).toEqual([null])
})

test('entries that were merged are one person’s, and somebody else’s again once they are taken apart', async () => {
  const zoe = await someoneSignedIn('zoe@quirk.example')
  await pressLink('verify_address', zoe)
  const [hers, other] = [await entry('zoe@quirk.example'), await entry('bea@quirk.example')]
  const { businessId } = world
  await mergeContacts.execute({ businessId, contactId: other, intoId: hers }, owner())
  expect(await accounts(hers, other)).toEqual([zoe.userId, zoe.userId])
  await separateContact.execute({ businessId, contactId: other }, owner())
  expect(await accounts(hers, other)).toEqual([zoe.userId, null])
})

test('the number somebody gave while signed in is ready for them; one that others typed beside their address is not', async () => {
  const zoe = await someoneSignedIn('zoe@quirk.example')
  await pressLink('verify_address', zoe)
  const { businessId, providerId, serviceId, at } = world
  const me = newCall(await actorOf(zoe.headers()))
  const book = (clock: string, phone: string, call = newCall(anonymous)) => {
    const client = { name: 'Zoë Quirk', email: zoe.email, phone }
    return bookAppointment.execute({ providerId, serviceId, startTime: at(3, clock), client }, call)
  }
  const known = async () => {
    await drained()
    return (await ownPhone.execute({ businessId }, me)).phone
  }
  const person = { businessId, name: 'Zoë Quirk', email: zoe.email, phone: '+49 30 555 0198' }
  await addContact.execute(person, owner())
  await book('09:00', '+49 30 555 0666')
  expect(await known()).toBeNull()
  await book('11:00', '+49 30 555 0199', me)
  await book('13:00', '+49 30 555 0667')
  expect(await known()).toBe('+49 30 555 0199')
  const time = { providerId, serviceId, startTime: at(4, '09:00') }
  const { id: holdId } = await placeHold.execute({ ...time, holder: 'somebody-in-a-test' }, me)
  const client = { name: 'Zoë Quirk', email: zoe.email, phone: '+49 30 555 0200' }
  const bearer = resourceToken('hold', holdId)
  await bookHeld.execute({ holdId, client }, newCall(anonymous, { bearer }))
  expect(await known()).toBe('+49 30 555 0200')
})

test('told in any order and twice, an account and its entries end up together', async () => {
  const zoe = await someoneSignedIn('zoe@quirk.example')
  await Promise.all([
    pressLink('verify_address', zoe),
    ...Array.from({ length: 6 }, () => entry('zoe@quirk.example')),
  ])
  await drained()
  const rows = await db.owner`select 1 from contact where user_id = ${zoe.userId}`
  expect(rows).toHaveLength(6)
  const linked = await db.owner`select 1 from event_log where type = 'business.contact.linked.v1'`
  expect(linked).toHaveLength(6)
})
