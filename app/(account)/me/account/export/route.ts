import { exportData } from '@/server/auth/user/export-data'
import { signedIn } from '@/server/auth/user/session'
import { refuse } from '@/server/core/errors'
import { problem } from '@/server/problem'
import { correlationOf } from '@/server/request'

/** Everything about whoever asks, as a file. */
export async function GET({ headers }: Request): Promise<Response> {
  try {
    const who = (await signedIn(headers)) ?? refuse('unauthenticated')
    return new Response(JSON.stringify(await exportData(who), null, 2), {
      headers: {
        'content-type': 'application/json',
        'content-disposition': 'attachment; filename="slotwise-account.json"',
        'cache-control': 'no-store',
      },
    })
  } catch (error) {
    return problem(error, correlationOf(headers))
  }
}
