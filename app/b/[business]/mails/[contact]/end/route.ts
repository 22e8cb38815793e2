import { countInDatabase } from '@/server/core/rate-limit'
import { seeOther } from '@/server/forms'
import { clientKinds, isMust } from '@/server/notification/preference/model-choice'
import { setPreferences } from '@/server/notification/preference/set'
import { problem } from '@/server/problem'
import { writes } from '@/server/procedure'
import { correlationOf, networkAsking } from '@/server/request'
import { holderOf, type Link } from '../link'

const asked = ({ url }: Request) => {
  const { searchParams } = new URL(url)
  const kind = clientKinds.find((known) => known === searchParams.get('kind') && !isMust(known, 'email'))
  return { token: searchParams.get('token'), kind }
}

/** Opening the link changes nothing, since programs open links too: its page asks. */
export async function GET(request: Request, link: Link): Promise<Response> {
  try {
    const { here } = await holderOf(request.headers, link, asked(request).token)
    return seeOther(here({}))
  } catch (error) {
    return problem(error, correlationOf(request.headers))
  }
}

/** One press in a mail program (RFC 8058): from anywhere, without a session; the link's token is all it has. */
export async function POST(request: Request, link: Link): Promise<Response> {
  try {
    await countInDatabase(writes, networkAsking(request.headers))
    const { token, kind } = asked(request)
    const { id, businessId, call, here } = await holderOf(request.headers, link, token)
    if (!kind) return seeOther(here({}))
    await setPreferences.execute({ businessId, id, choices: { [kind]: { email: false } } }, call)
    return seeOther(here({ ended: kind }))
  } catch (error) {
    return problem(error, correlationOf(request.headers))
  }
}
