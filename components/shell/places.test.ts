import { expect, test } from 'vitest'
import { placesOf } from './places'

const at = (slug: string, ...roles: string[]) => ({ name: slug, slug, roles })

test('each business has one entry, in the role that may do most there', () => {
  expect(placesOf([at('mill', 'provider', 'owner', 'admin'), at('lake', 'agent', 'provider')])).toEqual([
    { business: 'mill', role: 'owner', href: '/b/mill/admin' },
    { business: 'lake', role: 'provider', href: '/b/lake/calendar' },
  ])
})

test('a role without a desk leads nowhere', () => {
  expect(placesOf([at('mill', 'client', 'kit_keeper')])).toEqual([])
})
