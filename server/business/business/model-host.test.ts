import { describe, expect, test } from 'vitest'
import { routeOf } from './model-host'

const at = 'https://book.example.org'
const local = 'http://localhost:3000'
const pass = { kind: 'pass' }
const notFound = { kind: 'not_found' }
const mainHost = (path: string) => ({ kind: 'main_host', path })
const rewrite = (path: string) => ({ kind: 'rewrite', path })

describe('the main host', () => {
  test.each([
    'book.example.org',
    'BOOK.example.org',
    'book.example.org:8443',
    'book.example.org.',
    'localhost:3000',
    '127.0.0.1',
    '[::1]:3000',
  ])('%s serves everything as it is', (host) => {
    for (const path of ['/', '/me', '/b/shop', '/b/shop/admin']) expect(routeOf(host, path, at)).toEqual(pass)
  })

  test('is where www leads', () => {
    expect(routeOf('www.book.example.org', '/b/shop', at)).toEqual(mainHost('/b/shop'))
  })
})

describe('a business’s subdomain', () => {
  const on = (path: string) => routeOf('shop.book.example.org', path, at)

  test('serves its public pages', () => {
    expect(on('/')).toEqual(rewrite('/b/shop'))
    expect(on('/anna')).toEqual(rewrite('/b/shop/anna'))
    expect(on('/anna/book')).toEqual(rewrite('/b/shop/anna/book'))
    expect(routeOf('shop.localhost:3000', '/', local)).toEqual(rewrite('/b/shop'))
    expect(on('/language')).toEqual(pass)
  })

  test('knows its pages by their path on the main host too', () => {
    expect(on('/b/shop')).toEqual(pass)
    expect(on('/b/shop/anna')).toEqual(pass)
  })

  test('sends everything signed in, and everything of others, to the main host', () => {
    expect(on('/me')).toEqual(mainHost('/me'))
    expect(on('/work/today')).toEqual(mainHost('/work/today'))
    expect(on('/sign-in')).toEqual(mainHost('/sign-in'))
    expect(on('/admin')).toEqual(mainHost('/b/shop/admin'))
    expect(on('/calendar/week')).toEqual(mainHost('/b/shop/calendar/week'))
    expect(on('/b/shop/admin')).toEqual(mainHost('/b/shop/admin'))
    expect(on('/b/other')).toEqual(mainHost('/b/other'))
    expect(on('/bookings/1')).toEqual(mainHost('/bookings/1'))
    expect(on('/waitlist/1')).toEqual(mainHost('/waitlist/1'))
  })

  test('has the same files as the main host', () => {
    expect(on('/favicon.ico')).toEqual(pass)
    expect(on('/robots.txt')).toEqual(pass)
  })
})

describe('any other host', () => {
  test.each([
    'evil.example',
    'book.example.org.evil.example',
    'notbook.example.org',
    'example.org',
    'a.b.book.example.org',
    'UPPER_case.book.example.org',
    '-x.book.example.org',
    'api.book.example.org',
    'admin.book.example.org',
    '.book.example.org',
    '10.0.0.7',
    '',
    'localhost.evil.example',
  ])('%s is nowhere', (host) => {
    expect(routeOf(host, '/', at)).toEqual(notFound)
  })

  test('is nowhere when it has no name', () => {
    expect(routeOf(null, '/', at)).toEqual(notFound)
  })
})
