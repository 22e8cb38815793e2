import { describe, expect, test } from 'vitest'
import { clientAddress, isLoopback, isPublicAddress, trustedProxies } from './addresses'

const proxies = (text: string) => {
  const parsed = trustedProxies(text)
  if (!parsed) throw new Error(`${text} should parse`)
  return parsed
}

describe('trusted proxies', () => {
  test.each(['0', '2', '10.0.0.0/8', '10.0.0.1', 'fd00::/8, 192.168.0.0/16'])('%s is understood', (text) => {
    expect(trustedProxies(text)).toBeDefined()
  })
  test.each(['11', '-1', 'yes', '10.0.0.0/33', '10.0.0.0/', '10.0.0/8', 'fd00::/129', '10.0.0.0/8,'])(
    '%s is refused',
    (text) => {
      expect(trustedProxies(text)).toBeUndefined()
    },
  )
})

describe('client address', () => {
  test.each([
    ['nobody is trusted: the peer', '203.0.113.9', '1.1.1.1', '0', '203.0.113.9'],
    ['one proxy: the last entry', '10.0.0.1', '6.6.6.6, 198.51.100.7', '1', '198.51.100.7'],
    ['two proxies: the one before', '10.0.0.1', '6.6.6.6, 198.51.100.7, 10.0.0.2', '2', '198.51.100.7'],
    ['fewer entries than proxies: the furthest', '10.0.0.1', '198.51.100.7', '3', '198.51.100.7'],
    ['no header: the peer', '10.0.0.1', undefined, '1', '10.0.0.1'],
    ['rubbish where the proxy wrote: the proxy', '10.0.0.1', '6.6.6.6, unknown', '1', '10.0.0.1'],
    [
      'networks: the first stranger from the right',
      '10.0.0.1',
      '6.6.6.6, 198.51.100.7, 10.9.9.9',
      '10.0.0.0/8',
      '198.51.100.7',
    ],
    [
      'networks: a peer outside them is believed about itself only',
      '8.8.8.8',
      '1.1.1.1',
      '10.0.0.0/8',
      '8.8.8.8',
    ],
    ['IPv4 in IPv6 is unwrapped', '::ffff:10.0.0.1', '198.51.100.7', '10.0.0.0/8', '198.51.100.7'],
    ['ports and brackets are dropped', 'fd00::1', '[2001:db8::7]:443', 'fd00::/8', '2001:db8::7'],
    ['a port after IPv4 is dropped', 'fd00::1', '198.51.100.7:5000', 'fd00::/8', '198.51.100.7'],
  ])('%s', (_, peer, header, trusted, expected) => {
    expect(clientAddress(peer, header, proxies(trusted))).toBe(expected)
  })
})

test.each([
  ['127.0.0.1', true],
  ['127.8.8.8', true],
  ['::1', true],
  ['[::1]', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['127.0.0.1.example.org', false],
])('%s reaches only this machine: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected)
})

test.each([
  ['93.184.215.14', true],
  ['172.15.255.255', true],
  ['2606:2800:21f:cb07:6820:80da:af6b:8b2c', true],
  ['[2a00:1450:4001:80b::200e]', true],
  ['127.0.0.1', false],
  ['10.1.2.3', false],
  ['172.31.0.1', false],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.100.100.200', false],
  ['0.0.0.0', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['::1', false],
  ['::', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:7f00:1', false],
  ['64:ff9b::7f00:1', false],
  ['2002:7f00:1::', false],
  ['fe80::1', false],
  ['fd00::1', false],
  ['ff02::1', false],
  ['example.org', false],
  ['', false],
])('%s is on the open internet: %s', (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected)
})
