import { expect, test } from 'vitest'
import type { Business } from '../business/model'
import type { Service } from '../service/model'
import type { Provider } from './model'
import { isNamed, listingOf, plain, wordsBeginning } from './model-listing'

const business = { name: 'Haus Öl', slug: 'haus-oel' } as Business
const provider: Provider = {
  providerId: 'p',
  userId: null,
  name: 'Béa Groß',
  bio: 'Reads palms.',
  timeZone: 'Europe/Berlin',
  published: true,
  serviceIds: ['b', 'a', 'gone'],
  feedId: null,
  status: 'active',
}
const services: Record<string, Service> = {
  a: {
    serviceId: 'a',
    name: 'Reading',
    durationMinutes: 30,
    amount: 900,
    currency: 'EUR',
    status: 'active',
  } as Service,
  b: {
    serviceId: 'b',
    name: 'Tea',
    durationMinutes: 45,
    amount: 0,
    currency: 'EUR',
    status: 'archived',
  } as Service,
}
const list = (over: Partial<Provider> = {}) =>
  listingOf('t', { ...provider, ...over }, business, (id) => services[id])

test('given a published provider, then their listing says what is still offered, and no more', () => {
  expect(list()).toEqual({
    tenantId: 't',
    providerId: 'p',
    businessName: 'Haus Öl',
    businessSlug: 'haus-oel',
    name: 'Béa Groß',
    bio: 'Reads palms.',
    timeZone: 'Europe/Berlin',
    services: [{ id: 'a', name: 'Reading', durationMinutes: 30, price: { amount: 900, currency: 'EUR' } }],
    sortName: 'bea gross',
    words: ['bea gross', 'reading', 'haus ol', 'reads palms.'],
  })
})

test('given somebody unpublished or gone, then there is no listing', () => {
  expect(list({ published: false })).toBeNull()
  expect(list({ status: 'archived' })).toBeNull()
})

test('given letters that fall into many, then what it is sorted by stays short', () => {
  const name = 'ﷺ'.repeat(120)
  expect(plain(name).length).toBeGreaterThan(1000)
  expect([...(list({ name })?.sortName ?? '')]).toHaveLength(160)
})

test.each([
  ['Béa  Gro', '', "'bea':* & 'gro':*"],
  ['Tea', 'B', "'tea':*B"],
  ["O'Hara & Co.", '', "'o':* & 'hara':* & 'co':*"],
  ['東京 マッサージ', '', "'東京':* & 'マッサーシ':*"],
] as const)('what was typed, %s, becomes a query for words that begin so', (typed, weight, query) => {
  expect(wordsBeginning(typed, weight)).toBe(query)
})

test('what holds no word asks for nothing', () => {
  expect(wordsBeginning("'& |!:*()")).toBeNull()
})

test.each([
  ['Deep Tissue Massage', 'mass deep', true],
  ['Haarschnitt für Größere', 'GROSSE fur', true],
  ['Deep Tissue Massage', 'issue', false],
  ['Deep Tissue Massage', 'deep hair', false],
  ['Deep Tissue Massage', '!?', false],
])('given a service %j, when %j is typed, then it is meant: %s', (name, typed, is) => {
  expect(isNamed(name, typed)).toBe(is)
})
