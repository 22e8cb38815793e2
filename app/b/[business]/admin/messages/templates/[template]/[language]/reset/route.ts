import { resetTemplate } from '@/server/notification/template/reset'
import { answerForm } from '../../../../../answer'
import { type Which, whichOf } from '../../../which'

export async function POST(request: Request, { params }: Which): Promise<Response> {
  const { template, language } = await params
  const back = `/messages/templates/${template}/${language}`
  return answerForm(request, params, 'template', back, async ({ call, businessId, root }) => {
    await resetTemplate.execute({ businessId, ...(await whichOf(params)) }, call)
    return `${root}${back}?saved=1`
  })
}
