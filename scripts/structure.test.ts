import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { beside } from './structure/layout'
import { check, longFiles } from './structure/rules'
import type { File } from './structure/source'

const root = join(import.meta.dirname, '..')

function ours(): File[] {
  const listing = execFileSync('git', ['ls-files', '-coz', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  const paths = listing.split('\0').filter((path) => path && existsSync(join(root, path)))
  const isText = /\.(ts|tsx|mjs|js|css)$/
  return paths.map((path) => ({
    path,
    text: isText.test(path) ? readFileSync(join(root, path), 'utf8') : '',
  }))
}

describe('this house', () => {
  const files = ours()

  it('has everything where it belongs', () => {
    expect(files.length).toBeGreaterThan(100)
    expect(check(files).map(({ message }) => message)).toEqual([])
  })

  it('says which files grow long', () => {
    const long = longFiles(files).map(({ path, lines }) => `  ${path} ${lines}`)
    if (long.length) console.warn(`Growing long, look for the missing noun:\n${long.join('\n')}`)
    expect(files.some(({ path }) => path === 'scripts/structure.test.ts')).toBe(true)
  })

  it('keeps no exception that is not needed', () => {
    const excepted = Object.entries(beside).flatMap(([entity, names]) =>
      names.map((name) => `server/${entity}/${name}.ts`),
    )
    const there = new Set(files.map(({ path }) => path))
    expect(excepted.filter((path) => !there.has(path))).toEqual([])
  })
})
