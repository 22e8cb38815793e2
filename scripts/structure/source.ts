import { posix } from 'node:path'

export type File = { path: string; text: string }

export type Import = { specifier: string; line: number; typeOnly: boolean }

export type Source = File & {
  /** The text with comments and the insides of strings blanked, so that a word in it is code. */
  code: string
  strings: { value: string; line: number }[]
  imports: Import[]
}

export function parse(file: File): Source {
  const { code, spans } = blank(file.text)
  const ends = [...file.text.matchAll(/\n/g)].map((end) => end.index)
  const lineAt = (offset: number) => {
    const line = ends.findIndex((end) => end >= offset)
    return line < 0 ? ends.length + 1 : line + 1
  }
  const strings = spans.map(([from, to]) => ({ value: file.text.slice(from, to), line: lineAt(from) }))
  return { ...file, code, strings, imports: importsOf(file.text, code, lineAt) }
}

const word = String.raw`(?:(?!\b(?:import|export)\b)[\w$*{},\s])*?`
const importForms = new RegExp(
  [
    String.raw`\b(?:import|export)\b(?<type>\s+type\b)?(?<names>${word})\bfrom\s*(?<q>['"])(?<static> *)\k<q>`,
    String.raw`\bimport\s*(?<s>['"])(?<effect> *)\k<s>`,
    String.raw`(?<typeof>\btypeof\s+)?\bimport\s*\(\s*(?<d>['"${'`'}])(?<dynamic> *)\k<d>`,
  ].join('|'),
  'dg',
)

function importsOf(text: string, code: string, lineAt: (offset: number) => number): Import[] {
  return [...code.matchAll(importForms)].map((match) => {
    const at = match.indices?.groups
    const [from, to] = at?.static ?? at?.effect ?? at?.dynamic ?? [0, 0]
    const { type, names, typeof: ofType } = match.groups ?? {}
    return {
      specifier: text.slice(from, to),
      line: lineAt(from),
      typeOnly: Boolean(type || ofType || (names && onlyTypes(names))),
    }
  })
}

function onlyTypes(names: string): boolean {
  const braced = /^\s*\{([^}]*)\}\s*$/.exec(names)
  const each = braced?.[1]?.split(',').filter((name) => name.trim())
  return Boolean(each?.length && each.every((name) => /^\s*type\s/.test(name)))
}

const tokens = new RegExp(
  [
    String.raw`//[^\n]*|/\*[\s\S]*?\*/`,
    String.raw`'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"`,
    String.raw`(?<=(?:^|[=(,:[!&|?{;]|=>|\breturn)\s*)/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+/`,
    '[`{}]',
  ].join('|'),
  'g',
)
const inTemplate = /\\[\s\S]|`|\$\{/g

/** Not a parser: it only has to know what is a comment, a string, a template or a regular expression. */
function blank(text: string): { code: string; spans: [number, number][] } {
  const spans: [number, number][] = []
  const blanks: [number, number][] = []
  // Open braces: in the file first, then in each `${` that we are inside of.
  const depths = [0]
  let at = 0
  const count = (by: number) => depths.push((depths.pop() ?? 0) + by)
  const template = () => {
    inTemplate.lastIndex = at
    let end = inTemplate.exec(text)
    while (end?.[0].startsWith('\\')) end = inTemplate.exec(text)
    spans.push([at, end?.index ?? text.length])
    at = end ? inTemplate.lastIndex : text.length
    if (end?.[0] === '${') depths.push(0)
  }
  for (;;) {
    tokens.lastIndex = at
    const found = tokens.exec(text)
    if (!found) break
    const [part] = found
    at = tokens.lastIndex
    if (part === '`') template()
    else if (part === '{') count(1)
    else if (part === '}' && depths.length > 1 && depths.at(-1) === 0) {
      depths.pop()
      template()
    } else if (part === '}') count(-1)
    else if (part.startsWith('/')) blanks.push([found.index, at])
    else spans.push([found.index + 1, at - 1])
  }
  let code = ''
  let done = 0
  for (const [from, to] of [...spans, ...blanks].sort((a, b) => a[0] - b[0])) {
    code += text.slice(done, from) + text.slice(from, to).replace(/[^\n]/g, ' ')
    done = to
  }
  return { code: code + text.slice(done), spans }
}

const endings = ['', '.ts', '.tsx', '.mjs', '.js', '/index.ts', '/index.tsx']

/** The file that an import means, or null for a package. What is not there yet keeps the name that it would have. */
export function resolve(
  from: string,
  specifier: string,
  known: Pick<ReadonlySet<string>, 'has'>,
): string | null {
  const alias = specifier.startsWith('@/')
  if (!alias && !specifier.startsWith('.')) return null
  const path = posix.normalize(alias ? specifier.slice(2) : posix.join(posix.dirname(from), specifier))
  const found = endings.map((ending) => path + ending).find((candidate) => known.has(candidate))
  return found ?? (/\.\w+$/.test(path) ? path : `${path}.ts`)
}
