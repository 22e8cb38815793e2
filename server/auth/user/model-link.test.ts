import { expect, test } from 'vitest'
import { linkPath, ownPath } from './model-link'

test.each(['/', '/me', '/b/berlin/admin?day=2026-03-29', '/start?step=2'])('%s is a way on', (path) => {
  expect(ownPath(path)).toBe(path)
})

test.each([
  null,
  '',
  'me',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'https://evil.example/',
  'javascript:alert(1)',
  `/${'x'.repeat(600)}`,
])('%s is not', (path) => {
  const found = ownPath(path)
  expect(found === null || URL.parse(found, 'https://ours.example')?.origin === 'https://ours.example').toBe(
    true,
  )
  if (found !== null) expect(found.startsWith('//')).toBe(false)
})

test('a link carries its secret and the way on', () => {
  expect(linkPath('sign_in', 'abc', '/start?a=b')).toBe('/link/sign-in?token=abc&next=%2Fstart%3Fa%3Db')
  expect(linkPath('reset_password', 'abc')).toBe('/link/password?token=abc')
})
