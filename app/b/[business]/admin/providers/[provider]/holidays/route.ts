import { listProviders } from '@/server/business/provider/list'
import type { Call } from '@/server/core/command'
import { keptOpen } from '@/server/scheduling/calendar/model-holidays'
import { setHolidays } from '@/server/scheduling/calendar/set-holidays'
import { answerForm } from '../../../answer'

type Params = { params: Promise<{ business: string; provider: string }> }

/** Which holidays are closed: those of a region that are ticked, or none any more. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { provider: providerId } = await params
  const back = `/providers/${providerId}`
  return answerForm(
    request,
    params,
    'holidays',
    `${back}#holidays`,
    async ({ form, call, businessId, root }) => {
      const region = form.get('stop') === null ? (form.get('region') ?? '') : null
      const open = keptOpen(form.entries())
      const seen = region === null ? undefined : (form.get('seen') ?? '')
      await setHolidays.execute({ businessId, providerId, region, open, seen }, call)
      if (form.get('everybody') !== null)
        for (const other of (await everybody(businessId, call)).filter((id) => id !== providerId))
          await setHolidays.execute({ businessId, providerId: other, region, open }, call)
      return `${root}${back}?saved=1#holidays`
    },
  )
}

async function everybody(businessId: string, call: Call): Promise<string[]> {
  const ids: string[] = []
  for (let after: { name: string; id: string } | undefined; ; ) {
    const page = await listProviders.execute({ businessId, limit: 100, after }, call)
    ids.push(...page.providers.map(({ id }) => id))
    if (!page.after) return ids
    after = page.after
  }
}
