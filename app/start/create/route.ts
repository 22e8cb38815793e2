import { createBusiness } from '@/server/business/business/create'
import { slugFrom } from '@/server/business/business/model-slug'
import { isRefusal } from '@/server/core/errors'
import { serveOwnForm } from '@/server/forms'
import { callOf, languageOf } from '@/server/request'
import { load } from '../own'

/** The business is made; what it begins with follows from that by itself. */
export const POST = (request: Request): Promise<Response> =>
  serveOwnForm(request, 'start', '/start', async (form, call) => {
    const name = form.get('name') ?? ''
    const slug = form.get('slug')?.trim().toLowerCase() || slugFrom(name)
    const made = createBusiness.execute(
      {
        name,
        slug,
        timeZone: form.get('timeZone') ?? '',
        currency: form.get('currency') ?? '',
        language: languageOf(request.headers),
      },
      call,
    )
    await made.catch(async (error: unknown) => {
      if (!isRefusal(error) || error.code !== 'address_taken') throw error
      if (!(await isOwn(slug, name, request))) throw error
    })
    return `/start/${slug}/service`
  })

/** Sent twice by an impatient finger, it was made by the first of both. */
async function isOwn(slug: string, name: string, request: Request): Promise<boolean> {
  try {
    return (await load(slug, await callOf(request.headers))).name === name.trim()
  } catch (error) {
    if (isRefusal(error)) return false
    throw error
  }
}
