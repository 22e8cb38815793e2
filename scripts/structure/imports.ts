import { heavyPackages, type Kind, mayImport, type Place, placeOf } from './layout'
import type { Problem, Tree } from './rules'
import type { Source } from './source'

export function direction(file: Source, tree: Tree): Problem[] {
  const from = placeOf(file.path)
  return file.imports.flatMap(({ specifier, line, typeOnly }) => {
    const path = tree.target(file, specifier)
    if (!path || !/^(app|server|components|db|jobs|e2e|bench)\//.test(path)) return []
    if (file.path.startsWith('app/') && path.startsWith('app/')) return []
    const to = placeOf(path)
    const own = from.entity !== undefined && from.entity === to.entity
    const { own: family, others, types = [], instead } = mayImport[from.kind]
    if (((own && family) || others).includes(to.kind) || (typeOnly && types.includes(to.kind))) return []
    return [{ line, problem: `${title(from.kind)} may not import ${target(to, own)} (${path}): ${instead}` }]
  })
}

const titles: Record<Kind, string> = {
  model: 'a model',
  events: 'events.ts',
  queries: 'queries.ts',
  capabilities: 'capabilities.ts',
  projection: 'projection.ts',
  verb: 'a verb',
  router: 'a router',
  core: 'server/core',
  workflow: 'a workflow',
  adapter: 'an adapter',
  server: 'the edge of server/',
  db: 'db/',
  entry: 'a command line',
  jobs: 'jobs/',
  components: 'components/',
  app: 'app/',
  outside: 'what stands outside',
  test: 'a test',
}
const title = (kind: Kind) => titles[kind]

function target(to: Place, own: boolean): string {
  if (!to.entity) return title(to.kind)
  const bare = title(to.kind).replace(/^an? /, '')
  return own ? `its own ${bare}` : `another entity’s ${bare}`
}

const lighter =
  'keep what a page needs of the rules in a model-*.ts without schemas, import only types of the rest, and get data through components/api'

/** Follows what a browser really loads, through every file of ours, to the package that should not be there. */
export function weight(file: Source, tree: Tree): Problem[] {
  const problems: Problem[] = []
  const seen = new Set([file.path])
  const queue: { at: Source; chain: string[]; first?: number }[] = [{ at: file, chain: [] }]
  for (const { at, chain, first } of queue) {
    for (const { specifier, line: here } of at.imports.filter(({ typeOnly }) => !typeOnly)) {
      const line = first ?? here
      const path = tree.target(at, specifier)
      if (!path && heavyPackages.test(specifier)) {
        const way = [...chain, specifier].join(' → ')
        problems.push({ line, problem: `loads ${way} into the browser: ${lighter}` })
      }
      const next = path && !seen.has(path) ? tree.get(path) : undefined
      if (!next) continue
      seen.add(next.path)
      queue.push({ at: next, chain: [...chain, next.path], first: line })
    }
  }
  return problems
}
