import { serveOwnForm } from '@/server/forms'
import { setOwnFeed } from '@/server/notification/feed/set-own'

export const POST = (request: Request): Promise<Response> =>
  serveOwnForm(request, 'feed', '/me', async (form, call) => {
    await setOwnFeed.execute({ open: form.get('open') !== null }, call)
    return '/me#feed'
  })
