import { connect } from '@/db/client'
import { config } from '@/server/core/config'

export type Statement = { text: string; params: unknown[] }

/** What was sent without waiting for answers in between. */
export type Exchange = Statement[]

/** Every statement that `work` sends as the app's role, as the client itself tells of them. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Exchange[]> {
  const sent: Exchange[] = []
  let turn: Exchange | null = null
  const listening = connect(config().DATABASE_APP_URL, {
    max: 1,
    debug: (_connection, text, params) => {
      if (!turn) {
        turn = []
        sent.push(turn)
        // Answers come in a later turn of the event loop: whatever is sent within one was sent together.
        setImmediate(() => {
          turn = null
        })
      }
      turn.push({ text, params: [...params] })
    },
  })
  const holder = globalThis as { __slotwise_pools?: Record<string, unknown> }
  const before = holder.__slotwise_pools
  holder.__slotwise_pools = { ...before, app: listening }
  try {
    await listening.sql`select 1`
    sent.length = 0
    await work()
    return sent
  } finally {
    holder.__slotwise_pools = before
    await listening.sql.end()
  }
}
