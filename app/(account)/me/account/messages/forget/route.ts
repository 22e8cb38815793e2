import { serveOwnForm } from '@/server/forms'
import { removeBrowser } from '@/server/notification/browser/remove'

const here = '/me/account/messages'

export const POST = (request: Request): Promise<Response> =>
  serveOwnForm(request, 'browser', here, async (form, call) => {
    await removeBrowser.execute({ browserId: form.get('browserId') ?? '' }, call)
    return here
  })
