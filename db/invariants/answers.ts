import type postgres from 'postgres'

/** What a client was told about one try to book, under an address that it used for no other. */
export type Attempt = { email: string; outcome: 'ok' | 'refused' | 'unknown'; id?: string }

/** What was acknowledged is there, once; what was refused is not; what nobody answered is one or the other. */
export async function checkAnswers(owner: postgres.Sql, attempts: readonly Attempt[]): Promise<string[]> {
  const rows = await owner<{ email: string; id: string; events: string[] }[]>`
    select c.email, a.id, array(select e.type from event_log e where e.tenant_id = a.tenant_id
      and e.aggregate_type = 'booking.appointment' and e.aggregate_id = a.id order by e.version) as events
    from contact c join appointment a on a.tenant_id = c.tenant_id and a.contact_id = c.id
    where c.email = any(${attempts.map((a) => a.email)})`
  const booked = Map.groupBy(rows, (row) => row.email)
  return attempts.flatMap(({ email, outcome, id }) => {
    const made = booked.get(email) ?? []
    if (made.length > 1) return [`${email} booked once and has ${made.length} appointments`]
    const [one] = made
    if (one && one.events[0] !== 'booking.appointment.created.v1')
      return [`appointment ${one.id} of ${email} has no event of its creation`]
    if (outcome === 'ok' && !one)
      return [`${email} was told that appointment ${id ?? ''} is booked, and it is not there`]
    if (outcome === 'ok' && id && one?.id !== id)
      return [`${email} was told of appointment ${id}, and has ${one?.id}`]
    if (outcome === 'refused' && one) return [`${email} was refused, and has appointment ${one.id}`]
    return []
  })
}
