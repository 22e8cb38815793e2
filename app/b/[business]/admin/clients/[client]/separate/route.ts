import { separateContact } from '@/server/business/contact/separate'
import { answerForm } from '../../../answer'

type Params = { params: Promise<{ business: string; client: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { client } = await params
  return answerForm(request, params, 'client', `/clients/${client}`, async (context) => {
    const { form, call, businessId, root } = context
    const { contactId } = await separateContact.execute(
      { businessId, contactId: form.get('contact') ?? '' },
      call,
    )
    return `${root}/clients/${contactId}?saved=1`
  })
}
