import { type Form, Wrong } from '@/server/forms'
import { showSlot } from '@/server/scheduling/slot/show'
import { answerForm } from '../../../answer'
import { changeOf } from '../change'

type Params = { params: Promise<{ business: string; slot: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { slot: slotId } = await params
  const back = (form: Form) => {
    const typed = [...form.entries()].filter(([name]) => name !== 'once')
    return `/classes/${slotId}?${new URLSearchParams([...typed, ['look', '1']])}`
  }
  return answerForm(request, params, 'class', back, async ({ form, call, businessId, root }) => {
    const slot = await showSlot.execute({ businessId, slotId }, call)
    const change = changeOf(businessId, slot, Object.fromEntries(form.entries()))
    if (Object.keys(change.wrong).length > 0) throw new Wrong(change.wrong)
    await change.commit(form.get('version') ?? '', call)
    const { status } = await showSlot.execute({ businessId, slotId }, call)
    return `${root}/classes${status === 'deleted' ? '' : `/${slotId}`}?saved=1`
  })
}
