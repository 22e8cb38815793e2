import { undoChange } from '@/server/booking/appointment/undo-change'
import { oncePer } from '@/server/core/command'
import { answerForm } from '../../answer'
import { eachOf } from '../each'

type Params = { params: Promise<{ business: string }> }

export const POST = (request: Request, { params }: Params): Promise<Response> =>
  answerForm(request, params, 'decide', '/requests', async ({ form, call, root }) => {
    const ids = (form.get('ids') ?? '').split(',').filter(Boolean)
    const done = await eachOf(ids, (id) => undoChange.execute({ id }, oncePer(call, id)))
    return `${root}/requests?undone=${done.length === ids.length ? 'yes' : 'no'}`
  })
