import { mergeContacts } from '@/server/business/contact/merge'
import { answerForm } from '../../../answer'

type Params = { params: Promise<{ business: string; client: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { client: intoId } = await params
  return answerForm(request, params, 'client', `/clients/${intoId}/merge`, async (context) => {
    const { form, call, businessId, root } = context
    await mergeContacts.execute({ businessId, contactId: form.get('contact') ?? '', intoId }, call)
    return `${root}/clients/${intoId}?saved=1`
  })
}
