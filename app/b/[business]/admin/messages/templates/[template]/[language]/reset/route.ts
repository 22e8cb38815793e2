import type { AppointmentTemplate, Language } from '@/server/notification/template/model'
import { resetTemplate } from '@/server/notification/template/reset'
import { answerForm } from '../../../../../answer'

type Params = { params: Promise<{ business: string; template: AppointmentTemplate; language: Language }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { template, language } = await params
  const back = `/messages/templates/${template}/${language}`
  return answerForm(request, params, 'template', back, async ({ call, businessId, root }) => {
    await resetTemplate.execute({ businessId, template, language }, call)
    return `${root}${back}?saved=1`
  })
}
