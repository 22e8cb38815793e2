import { createBusiness } from '@/server/business/business/create'
import { slugFrom } from '@/server/business/business/model-slug'
import { serveOwnForm } from '@/server/forms'
import { languageOf } from '@/server/request'

/** The business is made; what it begins with follows from that by itself. */
export const POST = (request: Request): Promise<Response> =>
  serveOwnForm(request, 'start', '/start', async (form, call) => {
    const name = form.get('name') ?? ''
    const made = await createBusiness.execute(
      {
        name,
        slug: form.get('slug')?.trim().toLowerCase() || slugFrom(name),
        timeZone: form.get('timeZone') ?? '',
        currency: form.get('currency') ?? '',
        language: languageOf(request.headers),
      },
      call,
    )
    return `/start/${made.slug}/service`
  })
