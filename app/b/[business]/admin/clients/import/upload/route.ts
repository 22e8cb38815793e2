import { takeList } from '@/server/business/contact/take-list'
import { decodeText } from '@/server/core/csv'
import { Wrong } from '@/server/forms'
import { oneLine } from '@/server/notification/template/model'
import { answerForm } from '../../../answer'

type Params = { params: Promise<{ business: string }> }

const mostBytes = 900_000

export const POST = (request: Request, { params }: Params): Promise<Response> =>
  answerForm(request, params, 'list', '/clients/import', async ({ form, call, businessId, root }) => {
    const file = form.file('file')
    if (!file || file.size === 0 || file.size > mostBytes) throw new Wrong({ file: 'is needed' })
    const text = decodeText(Buffer.from(await file.arrayBuffer()))
    const name = oneLine(file.name, 200) || 'list'
    const { listId } = await takeList.execute({ businessId, name, text }, call)
    return `${root}/clients/import/${listId}`
  })
