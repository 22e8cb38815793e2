import { load } from '@/app/start/own'
import { listContacts } from '@/server/business/contact/list'
import { rolesIn } from '@/server/core/actor'
import { writeCsv } from '@/server/core/csv'
import { isRefusal, refuse } from '@/server/core/errors'
import { seeOther, signInFirst } from '@/server/forms'
import { problem } from '@/server/problem'
import { callOf, correlationOf } from '@/server/request'

type Params = { params: Promise<{ business: string }> }

/** Everybody, for a spreadsheet: made page by page while it is read. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const { business: slug } = await params
  try {
    const call = await callOf(request.headers)
    const { businessId } = await load(slug, call)
    if (!rolesIn(call.actor, businessId).some((role) => role === 'owner' || role === 'admin'))
      refuse('forbidden')
    const page = (after?: { name: string; id: string }) =>
      listContacts.execute({ businessId, limit: 1000, after }, call)
    let next: Awaited<ReturnType<typeof page>> | null = await page()
    const rows = new ReadableStream<Uint8Array>({
      start: (out) => out.enqueue(encoded([['Name', 'Email', 'Phone', 'Last', 'Next']], '\ufeff')),
      async pull(out) {
        if (!next) return out.close()
        const { contacts, after } = next
        out.enqueue(
          encoded(contacts.map((c) => [c.name, c.email, c.phone, c.last, c.next].map((v) => v ?? ''))),
        )
        next = after ? await page(after) : null
      },
    })
    return new Response(rows, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="clients-${slug}.csv"`,
        'cache-control': 'no-store',
      },
    })
  } catch (error) {
    if (isRefusal(error) && error.kind === 'unauthenticated')
      return seeOther(signInFirst(`/b/${slug}/admin/clients`))
    return problem(error, correlationOf(request.headers))
  }
}

const encoded = (rows: string[][], before = '') => new TextEncoder().encode(before + writeCsv(rows))
