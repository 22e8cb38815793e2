import { serveOwnForm } from '@/server/forms'
import { choicesFrom } from '@/server/notification/preference/model-choice'
import { setOwnPreferences } from '@/server/notification/preference/set-own'

const here = '/me/account/messages'

export const POST = (request: Request): Promise<Response> =>
  serveOwnForm(request, 'messages', here, async (form, call) => {
    await setOwnPreferences.execute({ choices: choicesFrom(form) }, call)
    return `${here}?saved=1`
  })
