import { expect, test } from 'vitest'
import { placesOf } from './places'

const at = (slug: string, ...roles: string[]) => ({ name: slug, slug, roles })

test('each desk is one entry: running a business, and one’s own calendar in it', () => {
  expect(placesOf([at('mill', 'provider', 'owner', 'admin'), at('lake', 'agent', 'provider')])).toEqual([
    { business: 'mill', role: 'owner', href: '/b/mill/admin' },
    { business: 'mill', role: 'provider', href: '/b/mill/calendar' },
    { business: 'lake', role: 'provider', href: '/b/lake/calendar' },
  ])
})

test('a role without a desk leads nowhere', () => {
  expect(placesOf([at('mill', 'client', 'kit_keeper')])).toEqual([])
})
