import { changeLogo } from '@/server/business/business/change-logo'
import { Wrong } from '@/server/forms'
import { answerForm } from '../../answer'

type Params = { params: Promise<{ business: string }> }

export const POST = (request: Request, { params }: Params): Promise<Response> =>
  answerForm(request, params, 'logo', '/business', async ({ form, call, businessId, root }) => {
    const given = form.file('logo')
    if (!given && form.get('remove') === null) throw new Wrong({ logo: 'is missing' })
    const file = given && Buffer.from(await given.arrayBuffer())
    await changeLogo({ businessId, file }, call)
    return `${root}/business?saved=1`
  })
