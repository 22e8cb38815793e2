import { load } from '@/app/start/own'
import type { OwnBusiness } from '@/server/business/business/queries'
import type { Call } from '@/server/core/command'
import { type Form, serveOwnForm } from '@/server/forms'

export type AdminForm = { form: Form; call: Call; business: OwnBusiness; businessId: string; root: string }

/** A form of the admin: whose business it is for, and where it leads. Never to another page than the admin's own. */
export async function answerForm(
  request: Request,
  params: Promise<{ business: string }>,
  name: string,
  back: string | ((form: Form) => string),
  work: (context: AdminForm) => Promise<string>,
): Promise<Response> {
  const { business: slug } = await params
  const root = `/b/${slug}/admin`
  const leadsBack = (form: Form) => root + (typeof back === 'string' ? back : back(form))
  return serveOwnForm(request, name, leadsBack, async (form, call) => {
    const business = await load(slug, call)
    const to = await work({ form, call, business, businessId: business.businessId, root })
    return to === root || to.startsWith(`${root}/`) || to.startsWith(`${root}?`) ? to : root
  })
}
