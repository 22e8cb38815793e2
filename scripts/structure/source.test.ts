import { describe, expect, it } from 'vitest'
import { parse } from './source'

describe('the reader of source', () => {
  const imports = (text: string) =>
    parse({ path: 'x.ts', text }).imports.map((i) => [i.specifier, i.line, i.typeOnly])

  it('knows every form of import, and which are only types', () => {
    const text = [
      "import a from 'a'",
      "import { b,\n  type B } from 'b'",
      "import type { C } from 'c'",
      "import { type D, type E } from 'd'",
      "export type { F } from 'f'",
      "export * from 'g'",
      "import 'h'",
      "const i = await import('i')",
      "type J = typeof import('j')",
      "export type { A }\nimport { k } from 'k'",
      "export const from = 'not this'",
    ].join('\n')
    expect(imports(text)).toEqual([
      ['a', 1, false],
      ['b', 3, false],
      ['c', 4, true],
      ['d', 5, true],
      ['f', 6, true],
      ['g', 7, false],
      ['h', 8, false],
      ['i', 9, false],
      ['j', 10, true],
      ['k', 12, false],
    ])
  })

  it('is not fooled by comments, strings, templates and regular expressions', () => {
    const text = [
      "// import 'a'",
      "/* import 'b'\n */",
      'const c = "import \'c\'"',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a file
      "const d = `import 'd' ${e(`}`, { f: '}' })} import 'g'`",
      "const h = /['\"`]/.test(i) ? '//' : 1 / 2 / 3",
      "import 'z'",
    ].join('\n')
    expect(imports(text)).toEqual([['z', 7, false]])
    const { code, strings } = parse({ path: 'x.ts', text })
    expect(code).toContain('e(')
    expect(code.match(/import/g)).toHaveLength(1)
    expect(strings.map(({ value }) => value)).toContain("import 'd' ")
  })
})
