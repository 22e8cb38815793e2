import { changeTemplate } from '@/server/notification/template/change'
import { answerForm } from '../../../../../answer'
import { type Which, whichOf } from '../../../which'

export async function POST(request: Request, { params }: Which): Promise<Response> {
  const { template, language } = await params
  const back = `/messages/templates/${template}/${language}`
  return answerForm(request, params, 'template', back, async ({ form, call, businessId, root }) => {
    const said = {
      subject: form.get('subject') ?? '',
      words: (form.get('words') ?? '').replaceAll('\r\n', '\n'),
    }
    await changeTemplate.execute({ businessId, ...(await whichOf(params)), ...said }, call)
    return `${root}${back}?saved=1`
  })
}
