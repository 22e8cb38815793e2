import { adapters, domains, rootFiles, serverFiles, topFolders } from './layout'
import type { Problem } from './rules'
import type { File } from './source'
import { homes, kebab, spelled } from './words'

export function topLevel({ path }: File): Problem[] {
  const [top = '', ...rest] = path.split('/')
  if (rest.length) {
    return topFolders.includes(top)
      ? []
      : [`${top}/ is no room of this house; it has ${topFolders.join(', ')}`]
  }
  if (rootFiles.some((known) => known.test(path))) return []
  return [
    'only documents and settings of tools stand at the root, those that scripts/structure/layout.ts lists',
  ]
}

const routeSegment =
  /^(\(\.{1,3}\))*(@?[a-z0-9-]+(\.[a-z]+)*|\([a-z0-9-]+\)|\[{1,2}(\.{3})?[A-Za-z0-9]+\]{1,2}|_[a-z0-9-]+)$/
const namedByTools = /^(public|db\/migrations)\/|^[^/]+$|\/README\.md$/

export function kebabCase({ path }: File): Problem[] {
  if (namedByTools.test(path)) return []
  const segments = path.split('/')
  const wrong = segments.filter((segment, i) => {
    if (segment === '__snapshots__' || segment.startsWith('.')) return false
    if (path.startsWith('app/') && routeSegment.test(segment)) return false
    const parts = i === segments.length - 1 ? segment.split('.') : [segment]
    return !parts.every((part) => kebab.test(part))
  })
  return wrong.map((name) => `${name} should be ${spelled(name)}: names are kebab-case`)
}

const byDomain = (domain: string) => `${domain}/{${domains[domain]?.join(', ')}}`
const listed = `The folder is the event’s name: ${Object.keys(domains).map(byDomain).join(', ')}`

export function rooms({ path }: File): Problem[] {
  const [, room = '', entity = '', ...rest] = path.split('/')
  if (!entity && /\.test\.ts$/.test(room)) return []
  if (!entity) return serverFiles.test(room) ? [] : [`${room} may not stand directly in server/: ${homes}`]
  if (room === 'core' || room === 'workflows') return []
  if (room === 'adapters') {
    const known = adapters.includes(entity.replace(/(\.[a-z.]*test)?\.ts$/, ''))
    return known ? [] : [`${entity} is no adapter: there are ${adapters.join(', ')}`]
  }
  if (!Object.hasOwn(domains, room)) return [`server/${room} is no domain. ${listed}`]
  if (!rest.length) return [`a domain holds only entities: move it into server/${byDomain(room)}`]
  if (rest.length > 1 && rest[0] !== '__snapshots__')
    return [`an entity is flat: ${rest[0]}/ may not stand in it. ${homes}`]
  return domains[room]?.includes(entity) ? [] : [`server/${room}/${entity} is no entity. ${listed}`]
}

const vocabularyOfAnEntity =
  'model.ts, model-*.ts, events.ts, <verb>.ts, capabilities.ts, queries.ts, projection.ts, router.ts and *.test.ts'
const notAVerb =
  /^(index|types?|utils?|helpers?|common|shared|constants?|schemas?|services?|repository|controller|handlers?|errors?|hooks?)\.ts$/

export function vocabulary({ path }: File): Problem[] {
  const name = path.split('/').at(-1) ?? ''
  if (name.endsWith('.snap') || /^[a-z0-9.-]+\.test\.ts$/.test(name)) return []
  if (name.endsWith('.tsx')) return [`what people see belongs in components/${path.split('/')[2]}/`]
  if (name.endsWith('.ts') && kebab.test(name.slice(0, -3)) && !notAVerb.test(name)) return []
  return [`${name} is not in the vocabulary of an entity: ${vocabularyOfAnEntity}. ${homes}`]
}

export function componentRooms({ path }: File): Problem[] {
  const [, room = '', ...rest] = path.split('/')
  if (rest.length && ['ui', 'shell', 'api', ...Object.values(domains).flat()].includes(room)) return []
  return [
    'components/ has ui/ (primitives without domain), shell/ (frames of pages), api/ (client, query keys, live stream) and a folder for each entity that it shows, named as in server/',
  ]
}
