import { addNote } from '@/server/business/contact/add-note'
import { answerForm } from '../../../answer'

type Params = { params: Promise<{ business: string; client: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { client: contactId } = await params
  const back = `/clients/${contactId}`
  return answerForm(request, params, 'note', back, async ({ form, call, businessId, root }) => {
    const text = (form.get('text') ?? '').replaceAll('\r\n', '\n')
    await addNote.execute({ businessId, contactId, text }, call)
    return `${root}${back}#notes`
  })
}
