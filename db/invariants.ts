import type postgres from 'postgres'

/** Filled in with the aggregates below. */
export async function findViolations(_sql: postgres.Sql): Promise<string[]> {
  return []
}

export async function assertInvariants(sql: postgres.Sql): Promise<void> {
  const found = await findViolations(sql)
  if (found.length > 0) throw new Error(`${found.length} invariants do not hold:\n${found.join('\n')}`)
}
