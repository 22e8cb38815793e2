import type postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bookAppointment } from '@/server/booking/appointment/book'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { config } from '@/server/core/config'
import { newId, platformTenant } from '@/server/core/id'
import { placeHold } from '@/server/scheduling/hold/place'
import { createSlot } from '@/server/scheduling/slot/create'
import { connect } from './client'
import { type TestDatabase, testDatabase } from './testing'
import { someone, testWorld, type World } from './testing-world'

/** Tables of tenants without row-level security, each for a reason a reviewer accepted. */
const published = ['listing']
/** Tables that belong to no tenant. A new name here wants a reviewer. */
const ofNobody = ['log_cursor', 'log_epoch', 'projection', 'rate_count', 'schema_migration']
const roles = ['slotwise_app', 'slotwise_relay', 'slotwise_auth']

type Column = { name: string; type: string; required: boolean; generated: boolean }
type Table = { name: string; rls: boolean; forced: boolean; partition: boolean; columns: Column[] }

let db: TestDatabase
let app: postgres.Sql
let auth: postgres.Sql
let ours: World
let theirs: World
let tables: Table[]

beforeAll(async () => {
  db = await testDatabase()
  ;[ours, theirs] = [await inhabited(), await inhabited()]
  tables = await tenantTables()
  for (const table of tables) for (const world of [ours, theirs]) await fill(table, world.businessId)
  app = connect(config().DATABASE_APP_URL, { max: 1 }).sql
  auth = connect(config().DATABASE_AUTH_URL, { max: 1 }).sql
})
afterAll(async () => {
  await Promise.all([app?.end(), auth?.end()])
  await db.drop()
})

async function inhabited(): Promise<World> {
  const world = await testWorld()
  const where = { providerId: world.providerId, serviceId: world.serviceId }
  const visitor = newCall(anonymous, { idempotencyKey: newId() })
  await bookAppointment.execute({ ...where, startTime: world.at(2, '09:00'), client: someone() }, visitor)
  await placeHold.execute({ ...where, startTime: world.at(2, '12:00'), holder: newId() }, newCall(anonymous))
  const slot = { businessId: world.businessId, ...where, startTime: world.at(2, '15:00') }
  await createSlot.execute(slot, newCall(world.owner))
  return world
}

const tenantTables = async (): Promise<Table[]> => [
  ...(await db.owner<Table[]>`
    select c.relname as name, c.relrowsecurity as rls, c.relforcerowsecurity as forced, c.relispartition as partition,
      (select jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, null), 'generated', a.attgenerated <> '' or a.attidentity <> '',
              'required', a.attnotnull and not a.atthasdef and a.attidentity = '') order by a.attnum)
       from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
    order by c.relname`),
]

const samples: Record<string, string> = {
  uuid: 'gen_random_uuid()',
  'uuid[]': `'{}'`,
  text: `'x'`,
  integer: '1',
  date: 'current_date',
  bigint: '1',
  boolean: 'false',
  jsonb: `'{}'`,
  bytea: `'x'`,
  'timestamp with time zone': 'now()',
  'text[]': `'{x,x,x,x}'`,
}

/** A row of the tenant in every table, so that seeing none means something. What the worlds left empty gets a made-up one. */
async function fill({ name, columns, partition }: Table, tenantId: string): Promise<void> {
  if (partition || (await countOf(db.owner, name, `tenant_id = '${tenantId}'`)) > 0) return
  const needed = columns.filter((column) => column.required)
  const values = needed.map((c) =>
    c.name === 'tenant_id' ? `'${tenantId}'` : (samples[c.type] ?? expect.fail(`no sample for ${c.type}`)),
  )
  await db.owner.unsafe(
    `insert into ${name} (${needed.map((c) => c.name).join(', ')}) values (${values.join(', ')})`,
  )
}

const countOf = async (sql: postgres.Sql | postgres.TransactionSql, table: string, where = 'true') =>
  (await sql.unsafe<{ n: number }[]>(`select count(*)::int as n from ${table} where ${where}`))[0]?.n ??
  Number.NaN

/** The answer as the app in a tenant; the SQLSTATE where it was refused. */
async function inTenant<T>(
  tenantId: string,
  work: (tx: postgres.TransactionSql) => Promise<T>,
  by = app,
): Promise<T | string> {
  try {
    return (await by.begin(async (tx) => {
      await tx`select set_config('app.tenant', ${tenantId}, true), set_config('app.user', '', true)`
      return work(tx)
    })) as T
  } catch (error) {
    return String((error as { code?: string }).code)
  }
}

const denied = '42501'
const guarded = () => tables.filter((table) => !published.includes(table.name))
const asked = async <T>(over: Table[], ask: (table: Table) => Promise<T>) => {
  const answers: Record<string, T> = {}
  for (const table of over) answers[table.name] = await ask(table)
  return answers
}
const all = <T>(over: Table[], answer: T) => Object.fromEntries(over.map(({ name }) => [name, answer]))

describe('every table of tenants', () => {
  test('has forced row-level security, and a policy unless it is read through its parent', async () => {
    const policies = await db.owner<{ name: string; roles: string[] }[]>`
      select tablename as name, array_agg(distinct r) as roles from pg_policies, unnest(roles) r where schemaname = 'public' group by 1`
    const withPolicy = new Set(policies.map((policy) => policy.name))
    expect(
      guarded()
        .filter((t) => !t.rls || !t.forced)
        .map((t) => t.name),
    ).toEqual([])
    expect(
      guarded()
        .filter((t) => !t.partition && !withPolicy.has(t.name))
        .map((t) => t.name),
    ).toEqual([])
    expect(policies.filter((policy) => policy.roles.includes('public'))).toEqual([])
    expect(tables.length).toBeGreaterThan(20)
  })

  test('holds rows of both tenants here, so that what follows means something', async () => {
    const own = guarded().filter((t) => !t.partition)
    for (const { businessId } of [ours, theirs]) {
      const seen = await asked(own, ({ name }) => countOf(db.owner, name, `tenant_id = '${businessId}'`))
      expect(Object.entries(seen).filter(([, n]) => n === 0)).toEqual([])
    }
  })

  test('shows the app nothing without a tenant', async () => {
    for (const tenant of ['', newId(), platformTenant]) {
      const seen = await asked(guarded(), ({ name }) =>
        inTenant(tenant, (tx) => countOf(tx, name, `tenant_id <> '${platformTenant}'`)),
      )
      expect(Object.entries(seen).filter(([, n]) => n !== 0 && n !== denied)).toEqual([])
    }
  })

  test('shows the app its tenant’s rows and no others', async () => {
    const own = await asked(guarded(), ({ name }) => inTenant(ours.businessId, (tx) => countOf(tx, name)))
    const foreign = await asked(guarded(), ({ name }) =>
      inTenant(ours.businessId, (tx) => countOf(tx, name, `tenant_id <> '${ours.businessId}'`)),
    )
    expect(Object.entries(foreign).filter(([, n]) => n !== 0 && n !== denied)).toEqual([])
    expect(Object.entries(own).filter(([, n]) => typeof n === 'number' && n > 0).length).toBeGreaterThan(15)
  })

  test('takes no row of another tenant from the app', async () => {
    const own = guarded().filter((t) => !t.partition)
    const inserted = await asked(own, ({ name, columns }) => {
      const list = columns
        .filter((c) => !c.generated)
        .map((c) => c.name)
        .join(', ')
      return inTenant(ours.businessId, async (tx) => {
        const [row] = await db.owner.unsafe<{ row: string }[]>(
          `select to_jsonb(t)::text as row from ${name} t where tenant_id = '${theirs.businessId}' limit 1`,
        )
        await tx.unsafe(
          `insert into ${name} (${list}) select ${list} from jsonb_populate_record(null::${name}, $1::text::jsonb)`,
          [row?.row ?? ''],
        )
      })
    })
    expect(inserted).toEqual(all(own, denied))
  })

  test('lets the app change or delete nothing of another tenant, nor give its own away', async () => {
    const own = guarded().filter((t) => !t.partition)
    const foreign = `tenant_id = '${theirs.businessId}'`
    const changed = await asked(own, ({ name }) =>
      inTenant(
        ours.businessId,
        async (tx) => (await tx.unsafe(`update ${name} set tenant_id = tenant_id where ${foreign}`)).count,
      ),
    )
    const deleted = await asked(own, ({ name }) =>
      inTenant(
        ours.businessId,
        async (tx) => (await tx.unsafe(`delete from ${name} where ${foreign}`)).count,
      ),
    )
    const given = await asked(own, ({ name }) =>
      inTenant(
        ours.businessId,
        async (tx) => (await tx.unsafe(`update ${name} set tenant_id = '${theirs.businessId}'`)).count,
      ),
    )
    for (const outcome of [changed, deleted, given])
      expect(Object.entries(outcome).filter(([, n]) => n !== 0 && n !== denied)).toEqual([])
  })

  test('is closed to the role that keeps people, save the facts about them', async () => {
    const seen = await asked(guarded(), ({ name }) =>
      inTenant(ours.businessId, (tx) => countOf(tx, name, `tenant_id <> '${platformTenant}'`), auth),
    )
    expect(Object.entries(seen).filter(([, n]) => n !== 0 && n !== denied)).toEqual([])
  })
})

describe('the database', () => {
  test('has no other tables than these', async () => {
    const names = await db.owner<{ name: string }[]>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`
    const known = new Set([...tables.map((t) => t.name), ...ofNobody])
    expect(names.map((n) => n.name).filter((name) => !known.has(name))).toEqual([])
  })

  test('keeps people from the app and from the relay', async () => {
    const reach = await db.owner<{ role: string; name: string }[]>`
      select r as role, c.relname as name from pg_class c, unnest(${['slotwise_app', 'slotwise_relay']}::text[]) r
      where c.relnamespace = 'auth'::regnamespace and c.relkind = 'r' and has_table_privilege(r, c.oid, 'select, insert, update, delete')`
    expect(reach).toEqual([])
  })

  test('is served by roles that own nothing, bypass nothing and become nobody else', async () => {
    const strong = await db.owner<{ rolname: string }[]>`
      select rolname from pg_roles where rolname = any(${roles}) and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`
    const owned = await db.owner<{ relname: string }[]>`
      select relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = any(${roles})`
    const become = await db.owner<{ a: string; b: string }[]>`
      select a, b.rolname as b from unnest(${roles}::text[]) a cross join pg_roles b where a <> b.rolname and pg_has_role(a, b.oid, 'set')`
    expect([...strong, ...owned]).toEqual([])
    expect(become.map(({ a, b }) => `${a} → ${b}`)).toEqual(['slotwise_relay → slotwise_app'])
  })

  test('has no view or function that lends its owner’s eyes unguarded', async () => {
    const views = await db.owner<{ relname: string }[]>`
      select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
        and not coalesce(reloptions::text like '%security_invoker=true%', false)`
    const lending = await db.owner<{ proname: string }[]>`
      select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
        and not coalesce(proconfig::text like '%search_path%', false)`
    expect([...views, ...lending]).toEqual([])
  })
})
