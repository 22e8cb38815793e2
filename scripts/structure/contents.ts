import { domainWords, mayImport, readsEnvironment, roleNames, sqlPackages } from './layout'
import type { Problem } from './rules'
import type { Source } from './source'
import { homes, spelled } from './words'

const longest = 400
export const long = 300

export const linesOf = (text: string) => text.trimEnd().split('\n').length

export function length({ text }: Source): Problem[] {
  const lines = linesOf(text)
  return lines > longest
    ? [`${lines} lines, ${longest} at most: look for the missing noun and give it a file`]
    : []
}

export function verb({ path, code }: Source): Problem[] {
  const name = path.split('/').at(-1) ?? ''
  const [first = ''] = name.split(/[-.]/)
  const says = new RegExp(String.raw`\bexport (const|async function|function) ${first}(?![a-z])`).test(code)
  return says ? [] : [`${name} has the name of a verb, but exports no “${first}…”. ${homes}`]
}

const statement =
  /^\s*(select\s[\s\S]*\sfrom\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|with\s+\S+\s+as\s*\()/i

export function sqlInside({ code, strings, imports }: Source): Problem[] {
  const problem = 'SQL is two hops away: a read belongs in queries.ts, a change in a verb'
  const packages = imports.filter(({ specifier, typeOnly }) => !typeOnly && sqlPackages.test(specifier))
  const texts = strings.filter(({ value }) => statement.test(value))
  const lines = [...packages, ...texts].map(({ line }) => line)
  return [...new Set([...lines, ...linesWith(code, /\bsql\s*(<[^`]*>)?`/g)])].map((line) => ({
    line,
    problem,
  }))
}

export function tries({ code }: Source): Problem[] {
  const problem = 'a router catches nothing: a verb refuses with a code, and one place makes it an answer'
  return linesWith(code, /\btry\s*\{|\.catch\s*\(/g).map((line) => ({ line, problem }))
}

const environmentRead =
  /\bprocess\s*\??\.\s*env\b|\bprocess\s*\[|\{[^{}]*\benv\b[^{}]*\}\s*=\s*process\b|\bimport\.meta\.env\b/g

export function environment({ path, code, imports }: Source): Problem[] {
  if (readsEnvironment.test(path)) return []
  const problem = 'reads the environment: describe the setting in server/core/config.ts and ask config()'
  const imported = imports
    .filter(({ specifier }) => /^(node:)?process$/.test(specifier))
    .map(({ line }) => line)
  return [...linesWith(code, environmentRead), ...imported].map((line) => ({ line, problem }))
}

export function eventNames({ path, code, text }: Source): Problem[] {
  const defined = [...code.matchAll(/\bdefineEvent\s*(?:<[^(]*>)?\(\s*['"`]( *)['"`]/dg)]
  return defined.flatMap((match) => {
    const [from, to] = match.indices?.[1] ?? [0, 0]
    const type = text.slice(from, to)
    const line = lineAt(code, from)
    const [, domain, entity] = /^([a-z_]+)\.([a-z_]+)\.[a-z_]+\.v[1-9]\d*$/.exec(type) ?? []
    if (!domain || !entity)
      return [{ line, problem: `${type} is no event’s name: domain.entity.what_happened.v1` }]
    const home = `server/${spelled(domain)}/${spelled(entity)}/events.ts`
    return path === home
      ? []
      : [{ line, problem: `${type} belongs in ${home}: the folder is the event’s name` }]
  })
}

export function wordsOfTheTrade({ code, strings, imports }: Source): Problem[] {
  const names = [...code.matchAll(/[A-Za-z_$][\w$]*/g)].map((name) => ({ value: name[0], at: name.index }))
  const sources = new Set(imports.map(({ specifier }) => specifier))
  const keys = strings.filter(({ value }) => /^\S+$/.test(value) && !sources.has(value))
  const spoken = [...names.map(({ value, at }) => ({ value, line: lineAt(code, at) })), ...keys]
  return spoken.flatMap(({ value, line }) => {
    const parts = spelled(value.replace(/slotwise/gi, '').replace(roleNames, '')).split(/[^a-z]+/)
    const word = parts.find((part) => domainWords.test(part))
    return word ? [{ line, problem: `speaks of a ${word}: ${mayImport.core.instead}` }] : []
  })
}

const lineAt = (text: string, offset: number) => text.slice(0, offset).split('\n').length
const linesWith = (code: string, pattern: RegExp) =>
  [...code.matchAll(pattern)].map(({ index }) => lineAt(code, index))
