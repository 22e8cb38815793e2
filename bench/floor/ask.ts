import postgres from 'postgres'

const sql = postgres(process.env.FLOOR_DATABASE_URL ?? '', { max: 12, onnotice: () => {} })

/** What the app asks the database for one answer, with as many connections as the app has. */
export const ask = (query: URLSearchParams) =>
  sql`select calendar_facts(${query.get('provider')}, ${query.get('service')},
    to_timestamp(${query.get('from')}::float8), to_timestamp(${query.get('to')}::float8)) as facts`
