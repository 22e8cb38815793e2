import { describe, expect, it } from 'vitest'
import { mayImport } from './layout'
import { check, longFiles, rules } from './rules'
import type { File } from './source'

const file = (path: string, text = ''): File => ({ path, text })

/** A small house in order: one of everything. */
const tidy: File[] = [
  file('README.md'),
  file('package.json'),
  file('next.config.mjs', 'export default { env: process.env.NODE_ENV }'),
  file('.ci/run'),
  file('public/fonts/InterVariable.woff2'),
  file('db/migrations/meta/_journal.json'),
  file('db/client.ts', "import postgres from 'postgres'\nimport { config } from '@/server/core/config'"),
  file('db/schema/scheduling.ts', "import { statuses } from '@/server/scheduling/slot/model'"),
  file('db/cli.ts', "import { createSlot } from '@/server/scheduling/slot/create'\nprocess.env.TZ = 'UTC'"),
  file('db/testing.ts', "import '../jobs/worker'"),
  file('server/http.ts', "import './core/config'"),
  file(
    'server/core/config.ts',
    "export const roles = ['kit_keeper']\nexport const config = () => process.env",
  ),
  file(
    'server/core/command.ts',
    "import { db } from '@/db/client' // a slot, say\nexport const command = (d: object) => d",
  ),
  file(
    'server/core/transitions.ts',
    "import type { z } from 'zod'\nexport const role = 'slotwise_app: no slot here'",
  ),
  file('server/adapters/mail.ts', "import { config } from '../core/config'"),
  file(
    'server/scheduling/slot/model.ts',
    "import { t } from '@/server/core/transitions'\nimport type { created } from './events'",
  ),
  file('server/scheduling/slot/model-schema.ts', "import { z } from 'zod'"),
  file(
    'server/scheduling/slot/events.ts',
    "export const created = defineEvent('scheduling.slot.created.v1', {})\n// defineEvent('a.b.c.v1')",
  ),
  file(
    'server/scheduling/slot/create.ts',
    [
      "import { db } from '@/db/client'",
      "import { command } from '@/server/core/command'",
      "import { occupy } from '@/server/scheduling/calendar/capabilities'",
      "import { calendarOf } from '../calendar/queries'",
      "import { created } from './events'",
      'export const createSlot = command({})',
    ].join('\n'),
  ),
  file(
    'server/scheduling/slot/create.db.test.ts',
    "import { book } from '@/server/booking/appointment/book'",
  ),
  file('server/scheduling/slot/router.ts', "import { createSlot } from './create'\n// try { sql`select` }"),
  file(
    'server/scheduling/calendar/capabilities.ts',
    "import { calendarOf } from './queries'\nexport const a = 1",
  ),
  file(
    'server/scheduling/calendar/queries.ts',
    "import { sql } from 'drizzle-orm'\nexport const q = sql`select 1`",
  ),
  file(
    'server/booking/appointment/book.ts',
    "import { run } from '../../core/command'\nexport const book = run",
  ),
  file('server/workflows/cascade.ts', "import { book } from '@/server/booking/appointment/book'"),
  file('jobs/handlers/expire.ts', "import { book } from '@/server/booking/appointment/book'"),
  file('jobs/worker.ts', "import './handlers/expire'"),
  file('components/ui/button.tsx', "import { cn } from './class-names'"),
  file(
    'components/slot/slot-card.tsx',
    [
      "import { can } from '@/server/scheduling/slot/model'",
      "import type { createSlot } from '@/server/scheduling/slot/create'",
      "import { type Router } from '@/server/scheduling/slot/router'",
    ].join('\n'),
  ),
  file('app/layout.tsx', "import './tokens.css'"),
  file(
    'app/(public)/[businessId]/page.tsx',
    "import { calendarOf } from '@/server/scheduling/calendar/queries'",
  ),
  file('app/api/openapi.json/route.ts', "import { book } from '@/server/booking/appointment/book'"),
  file('e2e/book.spec.ts', "import { assertInvariants } from '../db/testing'"),
  file('bench/book.ts', 'process.env.BENCH'),
]

type Case = [rule: string, path: string, text: string, says: RegExp]

const cases: Case[] = [
  ['top level', 'src/index.ts', '', /^src\/index\.ts: src\/ is no room of this house; it has app, server/],
  ['top level', 'notes.txt', '', /only documents and settings of tools/],
  ['kebab case', 'components/ui/DatePicker.tsx', '', /DatePicker\.tsx should be date-picker\.tsx/],
  ['kebab case', 'server/core/rate_limit.ts', '', /should be rate-limit\.ts/],
  ['kebab case', 'app/(public)/bookNow/page.tsx', '', /bookNow should be book-now/],
  ['length', 'jobs/long.ts', 'x\n'.repeat(401), /401 lines, 400 at most: look for the missing noun/],
  [
    'rooms of server',
    'server/helpers.ts',
    'export const a = 1',
    /helpers\.ts may not stand directly in server\//,
  ],
  [
    'rooms of server',
    'server/crm/lead/model.ts',
    '',
    /server\/crm is no domain.*scheduling\/\{calendar, slot/,
  ],
  [
    'rooms of server',
    'server/kit/box/model.ts',
    '',
    /server\/kit\/box is no entity.*kit\/\{template, instance/,
  ],
  ['rooms of server', 'server/kit/model.ts', '', /holds only entities: move it into server\/kit\/\{template/],
  ['rooms of server', 'server/kit/template/parts/model.ts', '', /an entity is flat: parts\//],
  ['rooms of server', 'server/adapters/fax.ts', '', /fax\.ts is no adapter: there are payment, mail/],
  ['rooms of components', 'components/widgets/card.tsx', '', /components\/ has ui\/ .* api\/ .* each entity/],
  ['rooms of components', 'components/card.tsx', '', /components\/ has ui\//],
  [
    'vocabulary of an entity',
    'server/kit/instance/utils.ts',
    'export const utils = 1',
    /model-\*\.ts, events\.ts, <verb>/,
  ],
  [
    'vocabulary of an entity',
    'server/kit/instance/card.tsx',
    'export const card = 1',
    /belongs in components\/instance\//,
  ],
  ['vocabulary of an entity', 'server/kit/instance/notes.md', '', /not in the vocabulary of an entity/],
  [
    'a verb does what its name says',
    'server/kit/instance/check-in.ts',
    'export const other = 1',
    /exports no “check…”.*capabilities\.ts/,
  ],
  [
    'one direction',
    'jobs/handlers/show.ts',
    "import '@/app/layout'",
    /:1: jobs\/ may not import app\/ \(app\/layout\.tsx\)/,
  ],
  [
    'one direction',
    'server/core/clock.ts',
    "import '@/server/booking/appointment/book'",
    /server\/core may not import another entity’s verb/,
  ],
  [
    'one direction',
    'server/core/clock.ts',
    "import '@/server/scheduling/slot/model'",
    /the core knows no domain/,
  ],
  [
    'one direction',
    'db/seed.ts',
    "import '@/server/booking/appointment/book'",
    /what needs verbs is a command of db\/cli\.ts/,
  ],
  ['one direction', 'db/seed.ts', "import '../jobs/worker'", /db\/ may not import jobs\//],
  [
    'one direction',
    'server/core/wake.ts',
    "const w = await import('../../jobs/worker')",
    /server\/core may not import jobs\//,
  ],
  [
    'one direction',
    'server/booking/appointment/cancel.ts',
    "export const cancel = 1\nexport { createSlot } from '@/server/scheduling/slot/create'",
    /cancel\.ts:2: a verb may not import another entity’s verb .*capabilities\.ts; what takes several transactions/,
  ],
  [
    'one direction',
    'server/booking/appointment/cancel.ts',
    "import type { In } from '../../scheduling/slot/create'\nexport const cancel = 1",
    /a verb may not import another entity’s verb/,
  ],
  [
    'one direction',
    'server/booking/appointment/cancel.ts',
    "import { cascade } from '@/server/workflows/cascade'\nexport const cancel = 1",
    /a verb may not import a workflow/,
  ],
  [
    'one direction',
    'server/booking/appointment/capabilities.ts',
    "import { book } from './book'",
    /capabilities\.ts may not import its own verb/,
  ],
  [
    'one direction',
    'server/booking/appointment/model.ts',
    "import { q } from '@/db/client'",
    /a model may not import db\/ .* pass it in/,
  ],
  [
    'one direction',
    'server/booking/appointment/model.ts',
    "import { created } from '@/server/scheduling/slot/events'",
    /a model may not import another entity’s events/,
  ],
  [
    'one direction',
    'server/booking/appointment/router.ts',
    "import { q } from '@/db/client'",
    /a router may not import db\//,
  ],
  [
    'one direction',
    'server/booking/appointment/router.ts',
    "import { s } from '../../scheduling/slot/create'",
    /a router may not import another entity’s verb/,
  ],
  [
    'one direction',
    'components/slot/list.tsx',
    "import { q } from '@/server/scheduling/slot/events'",
    /components\/ may not import .* only types/,
  ],
  [
    'one direction',
    'app/slots/page.tsx',
    "import { q } from '@/db/client'",
    /app\/ may not import db\/ .* a query or a verb/,
  ],
  ['one direction', 'app/slots/route.ts', "import '@/jobs/worker'", /app\/ may not import jobs\//],
  ['one direction', 'jobs/reader.ts', "import { t } from '@/db/testing'", /jobs\/ may not import a test/],
  [
    'light in the browser',
    'components/slot/form.tsx',
    "import { z } from 'zod'",
    /form\.tsx:1: loads zod into the browser/,
  ],
  [
    'light in the browser',
    'components/slot/form.tsx',
    "import { useState } from 'react'\nimport { schema } from '@/server/scheduling/slot/model-schema'",
    /form\.tsx:2: loads server\/scheduling\/slot\/model-schema\.ts → zod into the browser/,
  ],
  [
    'light in the browser',
    'app/error.tsx',
    "'use client'\nimport { Temporal } from 'temporal-polyfill'",
    /loads temporal-polyfill/,
  ],
  [
    'SQL two hops away',
    'app/slots/page.tsx',
    'const rows = await db.execute(sql`select 1`)',
    /page\.tsx:1: SQL is two hops away/,
  ],
  [
    'SQL two hops away',
    'app/slots/route.ts',
    "import { eq } from 'drizzle-orm'",
    /a read belongs in queries\.ts/,
  ],
  [
    'SQL two hops away',
    'server/scheduling/hold/router.ts',
    "\nconst q = 'select id from slot'",
    /router\.ts:2: SQL is two hops away/,
  ],
  [
    'no catch in a router',
    'server/scheduling/hold/router.ts',
    'try { a() } catch {}',
    /a router catches nothing/,
  ],
  [
    'no catch in a router',
    'server/scheduling/hold/router.ts',
    'a().catch(() => 1)',
    /a router catches nothing/,
  ],
  [
    'one reader of the environment',
    'jobs/worker-count.ts',
    'const n = process.env.N',
    /server\/core\/config\.ts and ask config\(\)/,
  ],
  ['one reader of the environment', 'db/pool.ts', 'const { env } = process', /reads the environment/],
  [
    'one reader of the environment',
    'db/pool.ts',
    "import { env } from 'node:process'",
    /reads the environment/,
  ],
  [
    'the folder is the event’s name',
    'server/scheduling/hold/events.ts',
    "defineEvent('scheduling.slot.held.v1', {})",
    /belongs in server\/scheduling\/slot\/events\.ts/,
  ],
  [
    'the folder is the event’s name',
    'server/scheduling/hold/place.ts',
    "export const place = defineEvent(\n'scheduling.hold.placed.v1')",
    /place\.ts:2: .* belongs in server\/scheduling\/hold\/events\.ts/,
  ],
  [
    'the folder is the event’s name',
    'server/scheduling/hold/events.ts',
    "defineEvent('HoldPlaced')",
    /HoldPlaced is no event’s name/,
  ],
  [
    'no domain words in the core',
    'server/core/locks.ts',
    'export const lockSlots = 1',
    /locks\.ts:1: speaks of a slots/,
  ],
  [
    'no domain words in the core',
    'server/core/locks.ts',
    "\nlock('calendar:' + id)",
    /locks\.ts:2: speaks of a calendar/,
  ],
]

describe('the rules', () => {
  it('find nothing in a house in order', () => {
    expect(check(tidy)).toEqual([])
  })

  it.each(cases)('%s: %s', (rule, path, text, says) => {
    const found = check([...tidy.filter((other) => other.path !== path), file(path, text)])
    expect(found.map((finding) => [finding.rule, finding.path])).toEqual([[rule, path]])
    expect(found[0]?.message).toMatch(says)
  })

  it('each have a case in which they fail', () => {
    expect([...new Set(cases.map(([rule]) => rule))].sort()).toEqual(rules.map(({ name }) => name).sort())
  })

  it('let nobody but app import app', () => {
    const samples = tidy.filter(({ path }) => /\.(ts|tsx)$/.test(path))
    const kinds = samples.flatMap(({ path }) => {
      const found = check([...tidy, file(path, "import '@/app/layout'")])
      return found
        .filter(({ rule }) => rule === 'one direction')
        .map(({ message }) => message.split(' may not')[0])
    })
    const titles = new Set(kinds.map((title) => title?.replace(/^.*:1: /, '')))
    // The kinds without a sample above are events.ts, projection.ts and what needs no file to be known.
    expect(titles.size).toBeGreaterThanOrEqual(Object.keys(mayImport).length - 3)
    expect(titles).not.toContain('app/')
  })

  it('tell long files before they are too long', () => {
    expect(longFiles([file('jobs/a.ts', 'x\n'.repeat(301)), file('jobs/b.ts', 'x\n'.repeat(300))])).toEqual([
      { path: 'jobs/a.ts', lines: 301 },
    ])
  })
})
