/** The house: its rooms and who may enter which. ARCHITECTURE.md says why; the rules read it from here. */

export const topFolders = [
  'app',
  'server',
  'components',
  'db',
  'jobs',
  'e2e',
  'bench',
  'public',
  'scripts',
  'docs',
  '.ci',
]

export const rootFiles = [
  /^(README|ARCHITECTURE|CONTRIBUTING|SECURITY|CHANGELOG)\.md$/,
  /^LICENSE$/,
  /^\.[a-z]/,
  /^(package|package-lock|tsconfig|biome|knip|components)\.json$/,
  /^(Dockerfile|compose\.yaml)$/,
  /^[a-z-]+\.config\.(ts|mjs)$/,
  /^(proxy|instrumentation|instrumentation-client|next-env\.d)\.ts$/,
]

/** The edge: how verbs and queries are offered to the outside, whatever their domain. */
export const serverFiles =
  /^(http|availability|events|forms|aggregates|aggregates-notification|router|procedures?|openapi|problem|request|rest|rest-fields|live|live-topics|words|words-de)\.ts$/

export const domains: Record<string, readonly string[]> = {
  scheduling: ['calendar', 'slot', 'series', 'hold', 'outside'],
  booking: ['appointment', 'request', 'waitlist'],
  field: ['event', 'activity', 'task', 'issue'],
  staffing: ['assignment'],
  kit: ['template', 'instance', 'assignment'],
  location: ['venue', 'confirmation'],
  payment: ['transaction'],
  notification: ['message', 'template', 'preference', 'feed', 'inbox', 'browser'],
  business: ['business', 'service', 'provider', 'contact'],
  auth: ['user', 'membership', 'invitation'],
  platform: ['webhook', 'key', 'operation', 'event', 'workflow', 'subject'],
}

/** What stands in an entity beside its vocabulary, and why. Used by others like its capabilities; better none. */
export const beside: Record<string, readonly string[]> = {
  // Seats are taken one at a time; whole slots are written, changed and dropped by the slot's verbs and by its series.
  'scheduling/slot': ['arrange'],
  // The sign-in library keeps people and their sessions: these files bind it to ours.
  'auth/user': ['adapter', 'hashing-adapter', 'cause', 'identity', 'session', 'token'],
}

export const adapters = ['payment', 'mail', 'sms', 'push', 'storage', 'broker', 'geocode', 'ics']

/** Words that only this trade uses. Role names are the one thing the core has to know of it. */
export const domainWords = /^(scheduling|calendar|slot|booking|appointment|waitlist|staffing|kit|venue)s?$/
export const roleNames = /kit_?keeper|field_?manager/gi

export type Kind =
  | 'model'
  | 'events'
  | 'queries'
  | 'capabilities'
  | 'projection'
  | 'verb'
  | 'router'
  | 'core'
  | 'workflow'
  | 'adapter'
  | 'server'
  | 'db'
  | 'entry'
  | 'jobs'
  | 'components'
  | 'app'
  | 'outside'
  | 'test'

export type Place = { kind: Kind; entity?: string }

const kinds: [pattern: RegExp, kind: Kind][] = [
  [
    /\.test\.tsx?$|^(e2e|bench)\/|\/testing(-[\w-]+)?\.ts$|^db\/invariants(\.ts$|\/)|\/__snapshots__\//,
    'test',
  ],
  [/^app\//, 'app'],
  [/^components\//, 'components'],
  [/^jobs\//, 'jobs'],
  [/^db\/(cli(\.ts$|\/)|seed\/)/, 'entry'],
  [/^db\//, 'db'],
  [/^server\/core\//, 'core'],
  [/^server\/workflows\//, 'workflow'],
  [/^server\/adapters\//, 'adapter'],
  [/^server\/events\.ts$/, 'events'],
  [/^server\/[^/]+$/, 'server'],
  [/^server\/.*\/model(-[^/]+)?\.ts$/, 'model'],
  [/^server\/.*\/events\.ts$/, 'events'],
  [/^server\/.*\/queries\.ts$/, 'queries'],
  [/^server\/.*\/capabilities\.ts$/, 'capabilities'],
  [/^server\/.*\/projection\.ts$/, 'projection'],
  [/^server\/.*\/router\.ts$/, 'router'],
  [/^server\//, 'verb'],
]

export function placeOf(path: string): Place {
  const kind = kinds.find(([pattern]) => pattern.test(path))?.[1] ?? 'outside'
  const [, entity, name = ''] = /^server\/([^/]+\/[^/]+)\/([^/]+)$/.exec(path) ?? []
  if (!entity || /^(core|workflows|adapters)\//.test(entity)) return { kind }
  return { kind: beside[entity]?.includes(name.replace(/\.ts$/, '')) ? 'capabilities' : kind, entity }
}

type Row = {
  /** What it may use of its own entity, and of others or elsewhere. */
  own?: readonly Kind[]
  others: readonly Kind[]
  /** What it may know the types of. */
  types?: readonly Kind[]
  instead: string
}

const facts: readonly Kind[] = ['core', 'db', 'model', 'events', 'queries']
const behaviour: readonly Kind[] = [
  ...facts,
  'capabilities',
  'projection',
  'verb',
  'workflow',
  'adapter',
  'server',
]

/** One direction: model ← db ← server ← jobs, model ← components ← app, server ← app. Nothing imports app or jobs. */
export const mayImport: Record<Kind, Row> = {
  model: {
    others: ['core', 'model'],
    types: ['events'],
    instead: 'a model decides by what it is given: let the verb read, and pass it in',
  },
  events: {
    others: ['core', 'model', 'events'],
    instead: 'an event is its schema: what computes its data belongs in the verb or in model.ts',
  },
  queries: {
    others: facts,
    types: ['capabilities'],
    instead: 'a read changes nothing and calls nothing: what changes state is a capability or a verb',
  },
  projection: {
    others: facts,
    instead: 'a projection is a reader of the log: it knows events, models and its own table',
  },
  capabilities: {
    own: ['model', 'events', 'queries', 'capabilities', 'projection'],
    others: [...facts, 'capabilities'],
    instead:
      'a capability runs inside a transaction that is open already: use the other entity’s capabilities.ts, not what opens its own',
  },
  verb: {
    own: ['model', 'events', 'queries', 'capabilities', 'projection', 'verb'],
    others: [...facts, 'capabilities'],
    instead:
      'a verb is one transaction: share what it needs through the other entity’s capabilities.ts; what takes several transactions or calls the outside is a workflow (server/workflows) or a handler (jobs/handlers)',
  },
  router: {
    own: ['model', 'events', 'queries', 'verb'],
    others: ['core', 'server', 'model', 'events', 'queries', 'workflow'],
    instead:
      'a router names procedures: SQL goes to queries.ts or a verb, another entity’s verb to that entity’s router',
  },
  core: {
    others: ['core', 'db'],
    instead:
      'the core knows no domain: let the domain pass in what differs, or move this to server/<domain>/<entity>',
  },
  workflow: {
    others: behaviour,
    instead: 'a workflow calls verbs, queries and adapters, one transaction each',
  },
  adapter: {
    others: ['core', 'adapter'],
    instead: 'an adapter knows the outside only: who calls it (a handler, a workflow) translates',
  },
  server: {
    others: [...behaviour, 'router'],
    instead: 'the server is what app and jobs stand on: move the shared part down into server/',
  },
  db: {
    others: ['core', 'db', 'model'],
    instead:
      'the database layer knows models and the core: what needs verbs is a command of db/cli.ts or db/seed/',
  },
  entry: {
    others: ['entry', 'jobs', ...behaviour],
    instead: 'a command line composes server/ and db/: move the shared part down into server/',
  },
  jobs: {
    others: ['jobs', 'components', ...behaviour],
    instead: 'a handler re-reads and calls one verb: what both need belongs in server/',
  },
  components: {
    others: ['components', 'model'],
    types: [...behaviour, 'router'],
    instead:
      'a component shows: it asks model.ts for can and whyNot, gets data through components/api, and knows of the rest only types (import type)',
  },
  app: {
    others: ['app', 'components', ...behaviour.filter((kind) => kind !== 'db'), 'router'],
    instead:
      'a route reads params, calls and composes: data comes from a query or a verb of server/<domain>/<entity>',
  },
  outside: {
    others: ['outside', 'components', 'entry', 'test', ...behaviour, 'router'],
    instead: 'nothing imports app or jobs: start them as processes, or move the shared part into server/',
  },
  test: {
    others: ['test', 'components', 'jobs', 'entry', 'outside', ...behaviour, 'router'],
    instead: 'nothing imports app: test the verb, the query or the component, or the page in e2e/',
  },
}

/** What would weigh on the booking page, or does not run in a browser at all. */
export const heavyPackages =
  /^(zod|temporal-polyfill|rrule-temporal|date-holidays|ical\.js|drizzle-orm|postgres|pg-boss)(\/|$)|^node:/
export const sqlPackages = /^(drizzle-orm|postgres)(\/|$)/

/** Who may read the environment: the one module that describes it, and what starts or tests processes. */
export const readsEnvironment =
  /^(server\/core\/config\.ts|db\/cli(\.ts|\/.*)|db\/embedded[\w-]*\.ts|(scripts|bench|e2e|\.ci)\/.*|[^/]+)$/
