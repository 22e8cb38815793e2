import { expect, test } from 'vitest'
import { networkOf } from '@/server/core/addresses'
import { inLine } from './in-line'
import { namesOf, profileChanges } from './model'

test.each([
  ['Ada', { firstName: 'Ada', lastName: '' }],
  ['Ada Lovelace', { firstName: 'Ada', lastName: 'Lovelace' }],
  ['  Augusta Ada   King ', { firstName: 'Augusta Ada', lastName: 'King' }],
  ['', { firstName: '', lastName: '' }],
])('the name %j is told to others as %j', (name, names) => {
  expect(namesOf(name)).toEqual(names)
})

test('a change is what differs, and nothing else', () => {
  const before = {
    name: 'Ada',
    email: 'a@example.com',
    emailVerified: false,
    image: null,
    language: null,
    timeZone: null,
  }
  expect(profileChanges(before, { name: 'Ada', language: 'de', image: undefined })).toEqual({
    language: 'de',
  })
  expect(profileChanges({ ...before, language: 'de' }, { language: null })).toEqual({ language: null })
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8:0:1:aaaa::1', '2001:db8:0:1::/64'],
  ['2001:0DB8:0000:0001:bbbb::', '2001:db8:0:1::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['unknown', 'unknown'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

test('passwords are hashed a few at a time, in turn, and a crowd is sent away', async () => {
  let [running, most] = [0, 0]
  const done: number[] = []
  const one = (n: number) =>
    inLine(async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 1))
      running--
      done.push(n)
      if (n === 3) throw new Error('the third fails')
    })
  const outcomes = await Promise.allSettled(Array.from({ length: 80 }, (_, n) => one(n)))
  const refused = outcomes.filter((o) => o.status === 'rejected' && o.reason.code === 'busy')
  expect(most).toBeGreaterThanOrEqual(2)
  expect(most).toBeLessThanOrEqual(3)
  expect(refused).toHaveLength(80 - 64 - most)
  expect(done).toEqual([...done].sort((a, b) => a - b))
  await expect(inLine(async () => 'free again')).resolves.toBe('free again')
})
