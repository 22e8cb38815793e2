import type { Form } from '@/server/forms'
import { showSlot } from '@/server/scheduling/slot/show'
import { answerForm } from '../../../answer'
import { removalOf } from '../change'

type Params = { params: Promise<{ business: string; slot: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { slot: slotId } = await params
  const back = (form: Form) => `/classes/${slotId}?remove=${form.get('scope') ?? 'this'}`
  return answerForm(request, params, 'class', back, async ({ form, call, businessId, root }) => {
    const slot = await showSlot.execute({ businessId, slotId }, call)
    if (slot.status === 'deleted') return `${root}/classes?saved=1`
    await removalOf(businessId, slot, form.get('scope') ?? undefined).commit(form.get('version') ?? '', call)
    return `${root}/classes?saved=1`
  })
}
