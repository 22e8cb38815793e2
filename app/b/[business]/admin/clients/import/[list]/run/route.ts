import { columnKinds } from '@/server/business/contact/model-list'
import { importList } from '@/server/workflows/import-contacts'
import { answerForm } from '../../../../answer'

type Params = { params: Promise<{ business: string; list: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { list: listId } = await params
  return answerForm(request, params, 'list', `/clients/import/${listId}`, async (context) => {
    const { form, call, businessId, root } = context
    const columns = [...form.entries()].flatMap(([name, value]) => {
      const kind = columnKinds.find((known) => known === value)
      return kind && /^c\d{1,2}$/.test(name) ? [kind] : []
    })
    const { added, left } = await importList({ businessId, listId, columns }, call)
    return `${root}/clients?${new URLSearchParams({ added: String(added), left: String(left) })}`
  })
}
