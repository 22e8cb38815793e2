import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { codeOf, person, someone, testWorld, type World } from '@/db/testing-world'
import { bookAppointment } from '@/server/booking/appointment/book'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { newId } from '@/server/core/id'
import { eraseSubject } from '@/server/platform/subject/erase'
import { importList } from '@/server/workflows/import-contacts'
import { addContact } from './add'
import { addNote } from './add-note'
import { listContactAppointments, listContacts } from './list'
import { mergeContacts } from './merge'
import { previewMerge } from './preview-merge'
import { previewList, searchContacts, showContact } from './queries'
import { removeNote } from './remove-note'
import { separateContact } from './separate'
import { takeList } from './take-list'
import { updateContact } from './update'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterEach(() => assertInvariants(db.owner))
afterAll(() => db.drop())

const own = (w: World) => newCall(w.owner)
const add = async (w: World, name: string, over: { email?: string; phone?: string } = {}) =>
  (await addContact.execute({ businessId: w.businessId, name, ...over }, own(w))).contactId
const book = (w: World, startTime: string, client: { name: string; email: string }) =>
  bookAppointment.execute(
    { providerId: w.providerId, serviceId: w.serviceId, startTime, client },
    newCall(anonymous),
  )
const show = (w: World, contactId: string) =>
  showContact.execute({ businessId: w.businessId, contactId }, own(w))
const names = async (w: World, q?: string) =>
  (await listContacts.execute({ businessId: w.businessId, q }, own(w))).contacts.map((c) => c.name)

test('a list by name, searched by name, address and number, a page at a time', async () => {
  const w = await testWorld()
  for (const name of ['Cleo', 'Ada', 'Emil', 'Bob', 'Dora'])
    await add(w, name, { email: `${name}@example.com` })
  await add(w, 'Felix', { phone: '+49 30 555-0199' })
  expect(await names(w)).toEqual(['Ada', 'Bob', 'Cleo', 'Dora', 'Emil', 'Felix'])
  expect(await names(w, 'ORA@')).toEqual(['Dora'])
  expect(await names(w, '(30) 5550')).toEqual(['Felix'])
  const pages: string[] = []
  let after: { name: string; id: string } | undefined
  do {
    const page = await listContacts.execute({ businessId: w.businessId, limit: 4, after }, own(w))
    pages.push(page.contacts.map((c) => c.name).join())
    after = page.after ?? undefined
  } while (after)
  expect(pages).toEqual(['Ada,Bob,Cleo,Dora', 'Emil,Felix'])
})

test('notes are of the people of the business, and taken back by whoever wrote them', async () => {
  const w = await testWorld()
  const contactId = await add(w, 'Ada')
  const clerk = person(newId(), [{ tenantId: w.businessId, role: 'provider' }])
  const note = { businessId: w.businessId, contactId }
  const ours = await addNote.execute({ ...note, text: 'prefers mornings' }, own(w))
  const theirs = await addNote.execute({ ...note, text: 'likes tea\nand biscuits' }, newCall(clerk))
  expect((await show(w, contactId)).notes.map((n) => n.text)).toEqual([
    'likes tea\nand biscuits',
    'prefers mornings',
  ])
  expect(await codeOf(removeNote.execute({ businessId: w.businessId, ...ours }, newCall(clerk)))).toBe(
    'forbidden',
  )
  await removeNote.execute({ businessId: w.businessId, ...theirs }, newCall(clerk))
  await removeNote.execute({ businessId: w.businessId, ...ours }, own(w))
  expect((await show(w, contactId)).notes).toEqual([])
  const [told] = await db.owner`select count(*)::int as n from event_log where data::text like '%mornings%'`
  expect(told).toEqual({ n: 0 })
})

test('two entries become one person with all that was booked, and two again', async () => {
  const w = await testWorld()
  const first = await book(w, w.at(2, '09:00'), someone('One'))
  await book(w, w.at(2, '11:00'), { name: 'C. One', email: 'one@work.example' })
  const [stays] = (await searchContacts.execute({ businessId: w.businessId, q: 'Client One' }, own(w)))
    .contacts
  const [gone] = (await searchContacts.execute({ businessId: w.businessId, q: 'C. One' }, own(w))).contacts
  const [intoId, contactId] = [stays?.id ?? '', gone?.id ?? '']
  const pair = { businessId: w.businessId, contactId, intoId }
  await addNote.execute({ businessId: w.businessId, contactId, text: 'a note' }, own(w))
  expect((await previewMerge.execute(pair, own(w))).moves).toEqual({ appointments: 1, waiting: 0, notes: 1 })
  expect(await codeOf(mergeContacts.execute({ ...pair, intoId: contactId }, own(w)))).toBe('same_person')
  await mergeContacts.execute(pair, own(w))

  expect(await names(w)).toEqual(['Client One'])
  const merged = await show(w, contactId)
  expect(merged).toMatchObject({
    contact: { id: intoId, name: 'Client One', email: 'clientone@example.com' },
    merged: [{ id: contactId, name: 'C. One', email: 'one@work.example' }],
    counts: { all: 2, ahead: 2 },
  })
  expect(merged.notes).toHaveLength(1)
  const history = { businessId: w.businessId, contactId: intoId, limit: 1 }
  const page = await listContactAppointments.execute(history, own(w))
  expect(page.appointments.map((a) => a.startTime)).toEqual([w.at(2, '11:00')])
  const rest = await listContactAppointments.execute({ ...history, before: page.before ?? undefined }, own(w))
  expect(rest.appointments.map((a) => a.id)).toEqual([first.id])
  expect(rest.before).toBeNull()

  expect(
    await codeOf(updateContact.execute({ businessId: w.businessId, contactId, name: 'X' }, own(w))),
  ).toBe('merged_away')
  const changed = {
    businessId: w.businessId,
    contactId: intoId,
    name: 'Clara One',
    email: 'clara@one.example',
  }
  await updateContact.execute(changed, own(w))
  const rows = await db.owner`select distinct name, email from contact where tenant_id = ${w.businessId}`
  expect([...rows]).toEqual([{ name: 'Clara One', email: 'clara@one.example' }])

  await separateContact.execute({ businessId: w.businessId, contactId }, own(w))
  expect(await names(w)).toEqual(['C. One', 'Clara One'])
  expect((await show(w, contactId)).counts.all).toBe(1)
  expect(await codeOf(separateContact.execute({ businessId: w.businessId, contactId }, own(w)))).toBe(
    'wrong_state',
  )
})

test('many merges at once end as one person', async () => {
  const w = await testWorld()
  const ids = await Promise.all(['Ada', 'Bob', 'Cleo', 'Dora'].map((name) => add(w, name)))
  const pairs = ids.flatMap((contactId) =>
    ids.map((intoId) => ({ businessId: w.businessId, contactId, intoId })),
  )
  await Promise.all(pairs.map((pair) => codeOf(mergeContacts.execute(pair, own(w)))))
  expect(await names(w)).toHaveLength(1)
  expect((await show(w, ids[0] ?? '')).merged).toHaveLength(3)
})

test('whoever is erased is erased under every entry, with what was written about them', async () => {
  const w = await testWorld()
  const [contactId, intoId] = [
    await add(w, 'Zebulon', { email: 'zeb@quirk.example' }),
    await add(w, 'Zeb Quirk'),
  ]
  await addNote.execute({ businessId: w.businessId, contactId, text: 'allergic to walnuts' }, own(w))
  await mergeContacts.execute({ businessId: w.businessId, contactId, intoId }, own(w))
  await eraseSubject.execute({ businessId: w.businessId, contactId: intoId }, own(w))
  expect(await names(w)).toEqual([])
  expect(await codeOf(show(w, contactId))).toBe('not_found')
  const left = await db.owner`
    select 1 from contact c where tenant_id = ${w.businessId} and (name is not null or email is not null)
    union all select 1 from contact_note where tenant_id = ${w.businessId}
    union all select 1 from subject_key where subject_id in (${contactId}, ${intoId}) and wrapped is not null`
  expect([...left]).toEqual([])
})

test('a list is taken over in parts; what is wrong, known or hostile stays out or stays words', async () => {
  const w = await testWorld()
  await add(w, 'Dora', { email: 'dora@example.com' })
  const many = Array.from({ length: 450 }, (_, i) => `Person ${i},person${i}@example.com,,`)
  const text = [
    'Name,E-Mail,Phone,Note',
    'Dora,DORA@example.com,,',
    '"=HYPERLINK(""http://x"")",,\'+49 30 1234567,likes tea',
    ',nobody@example.com,,',
    ...many,
    'Person again,person7@example.com,,',
  ].join('\r\n')
  const list = { businessId: w.businessId, name: 'people.csv', text }
  const { listId } = await takeList.execute(list, own(w))
  const [sealed] = await db.owner`select file from contact_list where id = ${listId}`
  expect(String(sealed?.file)).not.toContain('Dora')
  const preview = await previewList.execute({ businessId: w.businessId, listId }, own(w))
  expect(preview.columns).toEqual(['name', 'email', 'phone', 'note'])
  expect(preview.lines.filter((l) => l.problem).map((l) => [l.line, l.problem])).toEqual([
    [2, 'known'],
    [4, 'name'],
    [455, 'twice'],
  ])
  const wanted = { businessId: w.businessId, listId, columns: preview.columns }
  expect(await codeOf(importList({ ...wanted, columns: ['email'] }, own(w)))).toBe('name_column_needed')
  expect(await importList(wanted, own(w))).toEqual({ added: 451, left: 3 })
  expect(await codeOf(importList(wanted, own(w)))).toBe('not_found')
  expect(await names(w, 'HYPERLINK')).toEqual(['=HYPERLINK("http://x")'])
  const [{ n } = { n: 0 }] = await db.owner<{ n: number }[]>`
    select count(*)::int as n from contact where tenant_id = ${w.businessId}`
  expect(n).toBe(452)
})

test('the same list twice adds nobody twice, however little it says of them', async () => {
  const w = await testWorld()
  const { businessId } = w
  const text = 'Name;Vorname;Telefon\nFalcão;Rui;+49 30 1234567\nEmil;;\nLovelace;Ada;+44 20 79460000\n'
  const take = async () => {
    const { listId } = await takeList.execute({ businessId, name: 'people.csv', text }, own(w))
    const preview = await previewList.execute({ businessId, listId }, own(w))
    const { added } = await importList({ businessId, listId, columns: preview.columns }, own(w))
    return [added, preview.lines.map(({ problem }) => problem)]
  }
  expect(await take()).toEqual([3, [null, null, null]])
  expect(await take()).toEqual([0, ['known', 'known', 'known']])
})

test('what is no list, or too long a one, is refused before anything is kept', async () => {
  const w = await testWorld()
  const take = (text: string) => takeList.execute({ businessId: w.businessId, name: 'x', text }, own(w))
  expect(await codeOf(take('\r\n ,\r\n'))).toBe('empty_list')
  expect(await codeOf(take('x\n'.repeat(2100)))).toBe('list_too_long')
})
