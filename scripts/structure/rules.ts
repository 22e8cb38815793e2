import {
  adapters,
  domains,
  domainWords,
  heavyPackages,
  type Kind,
  mayImport,
  type Place,
  placeOf,
  readsEnvironment,
  roleNames,
  rootFiles,
  sqlPackages,
  topFolders,
} from './layout'
import { type File, type Import, parse, resolve, type Source } from './source'

export type Finding = { rule: string; path: string; message: string }

type Problem = string | { line: number; problem: string }

/** `over` says which files a rule is about, `wrong` what is wrong with one, and where it belongs instead. */
type Rule = { name: string; over: (file: Source, place: Place) => boolean; wrong: (file: Source, tree: Tree) => Problem[] }

type Tree = {
  files: ReadonlyMap<string, Source>
  target(file: Source, to: Import): string | null
}

export const longest = 400
export const long = 300

const every = () => true
const kind =
  (...kinds: Kind[]) =>
  (_: Source, place: Place) =>
    kinds.includes(place.kind)
const isCode = ({ path }: File) => /\.(ts|tsx|mjs|js|css)$/.test(path) && !path.startsWith('public/')
const product = (file: Source, place: Place) => isCode(file) && place.kind !== 'test' && place.kind !== 'outside'

export const rules: readonly Rule[] = [
  { name: 'top level', over: every, wrong: topLevel },
  { name: 'kebab case', over: ({ path }) => !/^(public|db\/migrations)\/|^[^/]+$/.test(path), wrong: kebabCase },
  { name: 'length', over: isCode, wrong: length },
  { name: 'rooms of server', over: ({ path }) => path.startsWith('server/'), wrong: rooms },
  { name: 'file vocabulary', over: (_, { entity }) => entity !== undefined, wrong: vocabulary },
  { name: 'verb', over: (file, { kind, entity }) => kind === 'verb' && !!entity && isCode(file), wrong: verb },
  { name: 'rooms of components', over: kind('components'), wrong: componentRooms },
  { name: 'one direction', over: every, wrong: direction },
  { name: 'light in the browser', over: (file, { kind }) => kind === 'components' || isClient(file), wrong: weight },
  { name: 'no SQL in router or route', over: kind('router', 'app'), wrong: sqlInside },
  { name: 'no try in a router', over: kind('router'), wrong: tries },
  { name: 'environment', over: (file, place) => product(file, place), wrong: environment },
  { name: 'event names', over: product, wrong: eventNames },
  { name: 'core has no domain words', over: kind('core'), wrong: wordsOfTheTrade },
]

export function check(files: readonly File[]): Finding[] {
  const sources = new Map(files.map((file) => [file.path, parse(file)]))
  const known = new Set(sources.keys())
  const tree: Tree = { files: sources, target: (file, to) => resolve(file.path, to.specifier, known) }
  return [...sources.values()].flatMap((file) => {
    const place = placeOf(file.path)
    return rules
      .filter((rule) => rule.over(file, place))
      .flatMap((rule) =>
        rule.wrong(file, tree).map((problem) => {
          const [where, what] =
            typeof problem === 'string' ? [file.path, problem] : [`${file.path}:${problem.line}`, problem.problem]
          return { rule: rule.name, path: file.path, message: `${where}: ${what}` }
        }),
      )
  })
}

export const longFiles = (files: readonly File[]) =>
  files
    .filter(isCode)
    .map(({ path, text }) => ({ path, lines: linesOf(text) }))
    .filter(({ lines }) => lines > long)

const linesOf = (text: string) => text.trimEnd().split('\n').length

function topLevel({ path }: Source): Problem[] {
  const [top = '', ...rest] = path.split('/')
  if (rest.length) {
    return topFolders.includes(top) ? [] : [`${top}/ is no room of this house; it has ${topFolders.join(', ')}`]
  }
  if (rootFiles.some((known) => known.test(path))) return []
  return ['only documents and settings of tools stand at the root (rootFiles in scripts/structure/layout.ts lists them)']
}

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/
const routeSegment = /^(\(\.{1,3}\))*(@?[a-z0-9-]+|\([a-z0-9-]+\)|\[{1,2}(\.\.\.)?[A-Za-z0-9]+\]{1,2}|_[a-z0-9-]+)$/

function kebabCase({ path }: Source): Problem[] {
  const segments = path.split('/')
  const wrong = segments.filter((segment, i) => {
    if (segment === '__snapshots__' || segment.startsWith('.')) return false
    if (path.startsWith('app/') && routeSegment.test(segment)) return false
    const plain = i === segments.length - 1 ? segment.split('.') : [segment]
    return !plain.every((part) => kebab.test(part))
  })
  return wrong.map((name) => `${name} should be ${spelled(name)}: names are kebab-case`)
}

const spelled = (name: string) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[_\s]+/g, '-')
    .toLowerCase()

function length({ text }: Source): Problem[] {
  const lines = linesOf(text)
  return lines > longest ? [`${lines} lines, where ${longest} is the most: look for the missing noun and give it a file`] : []
}

const listed = Object.entries(domains)
  .map(([domain, entities]) => `${domain}/{${entities.join(', ')}}`)
  .join(', ')

function rooms({ path }: Source): Problem[] {
  const [, room = '', entity = '', ...rest] = path.split('/')
  if (!entity) return placeOf(path).kind === 'verb' ? ['server/ holds folders: core, workflows, adapters or a domain'] : serverRoot(path)
  if (room === 'core' || room === 'workflows') return []
  if (room === 'adapters') {
    const known = adapters.includes(entity.replace(/(\.test)?\.ts$/, ''))
    return known ? [] : [`${entity} is no adapter: there are ${adapters.join(', ')}`]
  }
  if (!Object.hasOwn(domains, room)) return [`server/${room} is no domain. The folder is the event’s name: ${listed}`]
  if (!rest.length) return [`a domain holds entities: move it into server/${room}/{${domains[room]?.join(', ')}}/`]
  if (domains[room]?.includes(entity)) return []
  return [`server/${room}/${entity} is no entity. The folder is the event’s name: ${listed}`]
}

function serverRoot(path: string): Problem[] {
  if (/^server\/(http|events|router)(\.[a-z.]*test)?\.ts$/.test(path)) return []
  return ['only http.ts, events.ts and router.ts stand directly in server/: mechanics belong in server/core, behaviour in server/<domain>/<entity>']
}

const words = 'model.ts, model-*.ts, events.ts, <verb>.ts, capabilities.ts, queries.ts, projection.ts, router.ts and *.test.ts'

function vocabulary({ path }: Source): Problem[] {
  const name = path.split('/').at(-1) ?? ''
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)*\.test\.ts$/.test(name)) return []
  if (/\.tsx$/.test(name)) return [`what people see belongs in components/${path.split('/')[2]}/`]
  const odd = /^(index|types?|utils?|helpers?|constants?|schemas?|service|repository|controller|handlers?|errors?)\.ts$/.test(name)
  if (!odd && /^[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(name)) return []
  return [`${name} is not in an entity’s vocabulary: ${words}. ${homes}`]
}

const homes =
  'Pure rules and schemas go to model-*.ts, reads to queries.ts, what runs inside another’s transaction to capabilities.ts, mechanics without domain to server/core'

function verb({ code, path }: Source): Problem[] {
  const defines = /\bcommand\s*(<[^(]*>)?\s*\(/.test(code)
  return defines ? [] : [`${path.split('/').at(-1)} has the name of a verb but defines no command(…). ${homes}`]
}

function componentRooms({ path }: Source): Problem[] {
  const [, room = '', ...rest] = path.split('/')
  const entities = Object.values(domains).flat()
  if (rest.length && ['ui', 'api', ...entities].includes(room)) return []
  return ['components/ has ui/ (primitives without domain), api/ (client, keys, live stream) and one folder per entity, named like its folder in server/']
}

function direction(file: Source, tree: Tree): Problem[] {
  const from = placeOf(file.path)
  const row = mayImport[from.kind]
  return file.imports.flatMap((to) => {
    const path = tree.target(file, to)
    if (!path || !/^(app|server|components|db|jobs|e2e|bench)\//.test(path)) return []
    const at = placeOf(path)
    if (file.path.startsWith('app/') && path.startsWith('app/')) return []
    const own = from.entity !== undefined && from.entity === at.entity
    const allowed = (own && row.own?.includes(at.kind)) || (!own || !row.own ? row.others.includes(at.kind) : false)
    if (allowed || (to.typeOnly && row.types?.includes(at.kind))) return []
    return [{ line: to.line, problem: `${name(from)} may not import ${name(at, own)} (${path}): ${row.instead}` }]
  })
}

const titles: Partial<Record<Kind, string>> = {
  events: 'events.ts',
  queries: 'queries.ts',
  capabilities: 'capabilities.ts',
  projection: 'projection.ts',
  server: 'a file directly in server/',
  db: 'db/',
  entry: 'db/cli.ts or db/seed/',
  jobs: 'jobs/',
  components: 'components/',
  app: 'app/',
  core: 'server/core',
  outside: 'what stands outside',
}

function name(place: Place, own?: boolean): string {
  const title = titles[place.kind] ?? `${/^[aeiou]/.test(place.kind) ? 'an' : 'a'} ${place.kind}`
  if (own === undefined || !place.entity) return title
  return own ? `its own ${title.replace(/^an? /, '')}` : `another entity’s ${title.replace(/^an? /, '')}`
}

const isClient = ({ path, text }: File) => path.startsWith('app/') && /^\s*(\/\*[\s\S]*?\*\/\s*)*['"]use client['"]/.test(text)

/** Follows what a browser file really loads, through every file of ours, to the package that should not be there. */
function weight(file: Source, tree: Tree): Problem[] {
  const problems: Problem[] = []
  const seen = new Set([file.path])
  const queue: { at: Source; chain: string[]; line: number }[] = [{ at: file, chain: [], line: 0 }]
  for (const { at, chain, line } of queue) {
    for (const to of at.imports.filter(({ typeOnly }) => !typeOnly)) {
      const first = line || to.line
      const path = tree.target(at, to)
      if (!path && heavyPackages.test(to.specifier)) {
        const way = [...chain, to.specifier].join(' → ')
        problems.push({ line: first, problem: `loads ${way} into the browser: ${lighter}` })
      }
      const next = path && !seen.has(path) && tree.files.get(path)
      if (!next) continue
      seen.add(path)
      queue.push({ at: next, chain: [...chain, path], line: first })
    }
  }
  return problems
}

const lighter =
  'keep transitions and rules that a page needs in a model-*.ts without schemas, import only types from the rest, and get data through components/api'

const statement = /^\s*(select\s[\s\S]*\sfrom\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|with\s+\S+\s+as\s*\()/i

function sqlInside({ code, strings, imports }: Source): Problem[] {
  const belongs = 'SQL is two hops away: put the read into queries.ts, the change into a verb'
  return [
    ...imports
      .filter(({ specifier, typeOnly }) => !typeOnly && sqlPackages.test(specifier))
      .map(({ line, specifier }) => ({ line, problem: `imports ${specifier}. ${belongs}` })),
    ...linesWith(code, /\bsql\s*(<[^`]*>)?`/g).map((line) => ({ line, problem: `has SQL. ${belongs}` })),
    ...strings
      .filter(({ value }) => statement.test(value))
      .map(({ line }) => ({ line, problem: `has SQL in a string. ${belongs}` })),
  ]
}

function tries({ code }: Source): Problem[] {
  return linesWith(code, /\btry\s*\{|\.catch\s*\(/g).map((line) => ({
    line,
    problem: 'a router catches nothing: a verb refuses with a code, and one place (server/core) makes it an answer',
  }))
}

function environment({ path, code }: Source): Problem[] {
  if (readsEnvironment.test(path)) return []
  const reads = /\bprocess\s*\??\.\s*env\b|\bprocess\s*\[|\{[^{}]*\benv\b[^{}]*\}\s*=\s*process\b|\bimport\.meta\.env\b/g
  return linesWith(code, reads).map((line) => ({
    line,
    problem: 'reads the environment: describe the setting in server/core/config.ts and ask config()',
  }))
}

function eventNames({ path, code, text }: Source): Problem[] {
  const defined = [...code.matchAll(/\bdefineEvent\s*(?:<[^(]*>)?\(\s*['"`]( *)['"`]/dg)]
  return defined.flatMap((match) => {
    const [from, to] = match.indices?.[1] ?? [0, 0]
    const type = text.slice(from, to)
    const line = text.slice(0, from).split('\n').length
    const [, domain, entity] = /^([a-z_]+)\.([a-z_]+)\.[a-z_]+\.v[1-9]\d*$/.exec(type) ?? []
    if (!domain || !entity) return [{ line, problem: `${type} is no event’s name: domain.entity.what_happened.v1` }]
    const home = `server/${domain}/${entity}/events.ts`.replaceAll('_', '-')
    return path === home ? [] : [{ line, problem: `${type} is defined in ${home}: the folder is the event’s name` }]
  })
}

function wordsOfTheTrade({ code, strings }: Source): Problem[] {
  const names = [...code.matchAll(/[A-Za-z_$][\w$]*/g)].map((found) => ({
    value: found[0],
    line: code.slice(0, found.index).split('\n').length,
  }))
  const keys = strings.filter(({ value }) => /^\S+$/.test(value))
  return [...names, ...keys].flatMap(({ value, line }) => {
    const bare = value.replace(/slotwise/gi, '').replace(roleNames, '')
    const found = spelled(bare)
      .split(/[^a-z]+/)
      .find((part) => domainWords.test(part))
    return found ? [{ line, problem: `speaks of a ${found}: ${mayImport.core.instead}` }] : []
  })
}

function linesWith(code: string, pattern: RegExp): number[] {
  return [...code.matchAll(pattern)].map((found) => code.slice(0, found.index).split('\n').length)
}
