import { addContact } from '@/server/business/contact/add'
import { updateContact } from '@/server/business/contact/update'
import { answerForm } from '../../../answer'

type Params = { params: Promise<{ business: string; client: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { client: contactId } = await params
  return answerForm(request, params, 'client', `/clients/${contactId}`, async (context) => {
    const { form, call, businessId, root } = context
    const person = {
      name: form.get('name') ?? '',
      email: form.get('email')?.trim() || null,
      phone: form.get('phone')?.trim() || null,
    }
    const saved =
      contactId === 'new'
        ? await addContact.execute({ businessId, ...person }, call)
        : await updateContact.execute({ businessId, contactId, ...person }, call)
    return `${root}/clients/${saved.contactId}?saved=1`
  })
}
