import { signedIn } from '@/server/auth/user/session'
import { refuse } from '@/server/core/errors'
import { serveOwnForm } from '@/server/forms'
import { subscribeBrowser } from '@/server/notification/browser/subscribe'

const here = '/me/account/messages'

/** What a browser said when it subscribed, tied to who is signed in there now. */
export const POST = (request: Request): Promise<Response> =>
  serveOwnForm(request, 'browser', here, async (form, call) => {
    const who = await signedIn(request.headers)
    if (!who) return refuse('unauthenticated')
    await subscribeBrowser.execute(
      {
        sessionId: who.sessionId,
        endpoint: form.get('endpoint') ?? '',
        p256dh: form.get('p256dh') ?? '',
        auth: form.get('auth') ?? '',
        agent: request.headers.get('user-agent')?.slice(0, 400) ?? null,
      },
      call,
    )
    return here
  })
