import { updateProvider } from '@/server/business/provider/update'
import { refuse } from '@/server/core/errors'
import { serveOwnForm } from '@/server/forms'
import { beginning, load } from '../../../own'

type Params = { params: Promise<{ business: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { business: slug } = await params
  return serveOwnForm(request, 'publish', `/start/${slug}/done`, async (_form, call) => {
    const { businessId } = await load(slug, call)
    const { provider } = (await beginning(businessId, call)) ?? refuse('not_found')
    const changes = { published: true }
    await updateProvider.execute({ businessId, providerId: provider.id, changes }, call)
    return `/start/${slug}/done`
  })
}
