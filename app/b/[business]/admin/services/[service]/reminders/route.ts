import { reminderChoices } from '@/server/business/service/model'
import { setReminders } from '@/server/business/service/set-reminders'
import { answerForm } from '../../../answer'

type Params = { params: Promise<{ business: string; service: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { service: serviceId } = await params
  const back = `/services/${serviceId}`
  return answerForm(request, params, 'reminders', back, async ({ form, call, businessId, root }) => {
    const reminderHours = reminderChoices.filter((hours) => form.get(`hours-${hours}`) !== null)
    await setReminders.execute({ businessId, serviceId, reminderHours }, call)
    return `${root}${back}?saved=1`
  })
}
