import {
  environment,
  eventNames,
  length,
  linesOf,
  long,
  sqlInside,
  tries,
  verb,
  wordsOfTheTrade,
} from './contents'
import { direction, weight } from './imports'
import { type Kind, type Place, placeOf } from './layout'
import { componentRooms, kebabCase, rooms, topLevel, vocabulary } from './paths'
import { type File, parse, resolve, type Source } from './source'

export type Problem = string | { line: number; problem: string }

export type Tree = {
  get(path: string): Source | undefined
  target(file: Source, specifier: string): string | null
}

export type Finding = { rule: string; path: string; message: string }

/** `over` says which files a rule is about, `wrong` what is wrong with one and where it belongs instead. */
type Rule = {
  name: string
  over: (file: Source, place: Place) => boolean
  wrong: (file: Source, tree: Tree) => Problem[]
}

const every = () => true
const under = (folder: string) => (file: File) => file.path.startsWith(folder)
const of =
  (...kinds: Kind[]) =>
  (_: File, place: Place) =>
    kinds.includes(place.kind)
const isCode = ({ path }: File) => /\.(ts|tsx|mjs|js|css)$/.test(path) && !path.startsWith('public/')
const isProduct = (file: File, { kind }: Place) => isCode(file) && kind !== 'test' && kind !== 'outside'
const inEntity = (_: File, { entity }: Place) => entity !== undefined
const isVerb = ({ path }: File, { kind, entity }: Place) =>
  kind === 'verb' && entity !== undefined && path.endsWith('.ts')
const runsInBrowser = ({ text }: File, { kind }: Place) =>
  kind === 'components' || (kind === 'app' && /^\s*['"]use client['"]/.test(text))

export const rules: readonly Rule[] = [
  { name: 'top level', over: every, wrong: topLevel },
  { name: 'kebab case', over: every, wrong: kebabCase },
  { name: 'length', over: isCode, wrong: length },
  { name: 'rooms of server', over: under('server/'), wrong: rooms },
  { name: 'rooms of components', over: under('components/'), wrong: componentRooms },
  { name: 'vocabulary of an entity', over: inEntity, wrong: vocabulary },
  { name: 'a verb does what its name says', over: isVerb, wrong: verb },
  { name: 'one direction', over: every, wrong: direction },
  { name: 'light in the browser', over: runsInBrowser, wrong: weight },
  { name: 'SQL two hops away', over: of('router', 'app'), wrong: sqlInside },
  { name: 'no catch in a router', over: of('router'), wrong: tries },
  { name: 'one reader of the environment', over: isProduct, wrong: environment },
  { name: 'the folder is the event’s name', over: isProduct, wrong: eventNames },
  { name: 'no domain words in the core', over: of('core'), wrong: wordsOfTheTrade },
]

export function check(files: readonly File[]): Finding[] {
  const sources = new Map(files.map((file) => [file.path, parse(file)]))
  const tree: Tree = {
    get: (path) => sources.get(path),
    target: (file, specifier) => resolve(file.path, specifier, sources),
  }
  return [...sources.values()].flatMap((file) => {
    const place = placeOf(file.path)
    const broken = rules.filter((rule) => rule.over(file, place))
    return broken.flatMap(({ name, wrong }) =>
      wrong(file, tree).map((problem) => finding(name, file.path, problem)),
    )
  })
}

function finding(rule: string, path: string, problem: Problem): Finding {
  if (typeof problem === 'string') return { rule, path, message: `${path}: ${problem}` }
  return { rule, path, message: `${path}:${problem.line}: ${problem.problem}` }
}

/** Not wrong yet, but on the way. */
export const longFiles = (files: readonly File[]) =>
  files
    .filter(isCode)
    .map(({ path, text }) => ({ path, lines: linesOf(text) }))
    .filter(({ lines }) => lines > long)
