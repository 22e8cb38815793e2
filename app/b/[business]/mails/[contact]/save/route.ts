import { seeOther, serveForm } from '@/server/forms'
import { choicesFrom } from '@/server/notification/preference/model-choice'
import { setPreferences } from '@/server/notification/preference/set'
import { holderOf, type Link } from '../link'

export const POST = (request: Request, link: Link): Promise<Response> =>
  serveForm(request, async (form) => {
    const { id, businessId, call, here } = await holderOf(request.headers, link, form.get('token'))
    await setPreferences.execute({ businessId, id, choices: choicesFrom(form) }, call)
    return seeOther(here({ saved: '1' }))
  })
