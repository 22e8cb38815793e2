import { ownPath } from '@/server/auth/user/model-link'
import { serveOwnForm } from '@/server/forms'
import { clearInbox } from '@/server/notification/inbox/clear'

export const POST = (request: Request): Promise<Response> =>
  serveOwnForm(request, 'inbox', '/me/inbox', async (form, call) => {
    await clearInbox.execute({ shownTo: form.get('shownTo') || undefined }, call)
    return ownPath(form.get('back')) ?? '/me/inbox'
  })
