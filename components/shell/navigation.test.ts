import { expect, test } from 'vitest'
import { currentOf } from './navigation'

const items = ['/b/mill/admin', '/b/mill/admin/services', '/b/mill/admin/services/archive'].map((href) => ({
  href,
  label: href,
}))

test.each([
  ['/b/mill/admin', '/b/mill/admin'],
  ['/b/mill/admin/', '/b/mill/admin'],
  ['/b/mill/admin/services/42', '/b/mill/admin/services'],
  ['/b/mill/admin/services/archive', '/b/mill/admin/services/archive'],
  ['/admin/services', '/b/mill/admin/services'],
  ['/b/mill/administration', undefined],
  ['/b/mill', undefined],
])('on %s, %s is current', (path, href) => {
  expect(currentOf(path, items)?.href).toBe(href)
})

test('the start is current only on the start', () => {
  const start = [{ href: '/', label: 'Start' }]
  expect(currentOf('/', start)).toBe(start[0])
  expect(currentOf('/me', start)).toBeUndefined()
})
