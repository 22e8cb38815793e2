import { createProvider } from '@/server/business/provider/create'
import { linkProvider } from '@/server/business/provider/link'
import { updateProvider } from '@/server/business/provider/update'
import { Wrong } from '@/server/forms'
import { weekFrom } from '@/server/scheduling/calendar/model-entry'
import { answerForm } from '../../../answer'

type Params = { params: Promise<{ business: string; provider: string }> }

const prefix = 'service-'

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { provider: providerId } = await params
  return answerForm(request, params, 'provider', `/providers/${providerId}`, async (context) => {
    const { form, call, business, businessId, root } = context
    const chosen = [...form.entries()].map(([name]) => name).filter((name) => name.startsWith(prefix))
    const profile = {
      name: form.get('name') ?? '',
      bio: form.get('bio') ?? '',
      published: form.get('published') !== null,
      serviceIds: chosen.map((name) => name.slice(prefix.length)),
    }
    if (providerId !== 'new') {
      await updateProvider.execute({ businessId, providerId, changes: profile }, call)
      const account = form.get('account')
      if (account !== null)
        await linkProvider.execute({ businessId, providerId, userId: account || null }, call)
      return `${root}/providers/${providerId}?saved=1`
    }
    const { weekly, wrong } = weekFrom((name) => form.get(name))
    if (wrong.length > 0)
      throw new Wrong(Object.fromEntries(wrong.map((day) => [`day-${day}`, 'is not hours'])))
    const rules = { timeZone: business.timeZone, weekly, overrides: {} }
    const made = await createProvider.execute({ businessId, ...profile, rules }, call)
    return `${root}/providers/${made.providerId}?saved=1`
  })
}
