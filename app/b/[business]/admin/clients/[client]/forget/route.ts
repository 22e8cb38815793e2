import { Wrong } from '@/server/forms'
import { eraseSubject } from '@/server/platform/subject/erase'
import { answerForm } from '../../../answer'

type Params = { params: Promise<{ business: string; client: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { client: contactId } = await params
  return answerForm(request, params, 'forget', `/clients/${contactId}`, async (context) => {
    const { form, call, businessId, root } = context
    if (form.get('sure') === null) throw new Wrong({ sure: 'has to be ticked' })
    await eraseSubject.execute({ businessId, contactId }, call)
    return `${root}/clients?forgotten=1`
  })
}
