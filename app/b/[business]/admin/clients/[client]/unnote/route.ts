import { removeNote } from '@/server/business/contact/remove-note'
import { answerForm } from '../../../answer'

type Params = { params: Promise<{ business: string; client: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { client: contactId } = await params
  const back = `/clients/${contactId}`
  return answerForm(request, params, 'note', back, async ({ form, call, businessId, root }) => {
    await removeNote.execute({ businessId, noteId: form.get('note') ?? '' }, call)
    return `${root}${back}#notes`
  })
}
