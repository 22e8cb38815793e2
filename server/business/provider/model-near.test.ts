import { expect, test } from 'vitest'
import { near } from './model-near'

test.each([
  ['52.52,13.405', { latitude: 52.52, longitude: 13.405 }],
  [' -33.86 , 151.2093 ', { latitude: -33.86, longitude: 151.2093 }],
  ['0,-180', { latitude: 0, longitude: -180 }],
])('%s is a position', (text, position) => {
  expect(near.parse(text)).toEqual(position)
})

test.each(['', ',', '52.52', '91,0', '0,181', '1e3,0', '52,52,13,4', 'NaN,0', '52.52;13.405', '0x1,2'])(
  '%s is none',
  (text) => {
    expect(near.safeParse(text).success).toBe(false)
  },
)
