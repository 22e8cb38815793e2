import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isCode, words } from './words'

test('every code that the source refuses with has words', () => {
  const files = globSync('server/**/*.ts').filter((path) => !/\.test\.ts$|\/testing/.test(path))
  const refused = files.flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/\b(?:refuse|new Refusal)\(\s*'(\w+)'(?:,\s*'(\w+)')?/g)].map(
      ([, kind = '', code = kind]) => code,
    ),
  )
  expect(refused.length).toBeGreaterThan(50)
  expect([...new Set(refused)].filter((code) => !isCode(code))).toEqual([])
})

test('each is said in both languages, whatever data comes with it', () => {
  for (const [code, german] of Object.entries(words.de)) {
    const english = words.en[code as keyof typeof words.en]
    expect(german.title, code).not.toBe(english.title)
    for (const data of [{}, { limit: '2030-01-01T00:00:00Z', state: 'held', allowedFrom: ['held'] }])
      for (const said of [german.detail(data), english.detail(data)])
        expect(said, code).toMatch(/^[^{}]{8,}[.!?]$/)
  }
})
