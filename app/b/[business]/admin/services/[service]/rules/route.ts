import type { Question } from '@/server/business/service/model-questions'
import { setBookingRules } from '@/server/business/service/set-booking-rules'
import type { Form } from '@/server/forms'
import { answerForm } from '../../../answer'

type Params = { params: Promise<{ business: string; service: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { service: serviceId } = await params
  const back = `/services/${serviceId}`
  return answerForm(request, params, 'rules', back, async ({ form, call, businessId, root }) => {
    const decideWithinHours = Number(form.get('decideWithinHours')?.trim() || Number.NaN)
    const requiresApproval = form.get('requiresApproval') === 'on'
    const rules = { requiresApproval, decideWithinHours, questions: questionsOf(form) }
    await setBookingRules.execute({ businessId, serviceId, ...rules }, call)
    return `${root}${back}?saved=1`
  })
}

function questionsOf(form: Form): Question[] {
  const all: Question[] = []
  for (let n = 0; n < 20; n++) {
    const label = form.get(`label-${n}`)?.trim()
    if (!label) continue
    const kind = (form.get(`kind-${n}`) ?? 'text') as Question['kind']
    const options = (form.get(`options-${n}`) ?? '').split(',').map((option) => option.trim())
    const required = form.get(`required-${n}`) === 'on'
    all.push({ label, kind, options: kind === 'choice' ? options.filter(Boolean) : [], required })
  }
  return all
}
