import { changeTemplate } from '@/server/notification/template/change'
import type { AppointmentTemplate, Language } from '@/server/notification/template/model'
import { answerForm } from '../../../../../answer'

type Params = { params: Promise<{ business: string; template: AppointmentTemplate; language: Language }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { template, language } = await params
  const back = `/messages/templates/${template}/${language}`
  return answerForm(request, params, 'template', back, async ({ form, call, businessId, root }) => {
    const said = {
      subject: form.get('subject') ?? '',
      words: (form.get('words') ?? '').replaceAll('\r\n', '\n'),
    }
    await changeTemplate.execute({ businessId, template, language, ...said }, call)
    return `${root}${back}?saved=1`
  })
}
