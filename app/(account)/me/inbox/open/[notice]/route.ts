import { isRefusal } from '@/server/core/errors'
import { seeOther, signInFirst } from '@/server/forms'
import { openNotice } from '@/server/notification/inbox/open'
import { showNotice } from '@/server/notification/inbox/queries'
import { callOf } from '@/server/request'

type Route = { params: Promise<{ notice: string }> }

/** On to what a notice is about, which is read by that. Asked for twice, nothing more happens. */
export async function GET(request: Request, { params }: Route): Promise<Response> {
  const { notice: notificationId } = await params
  try {
    const call = await callOf(request.headers)
    const { path, opens } = await showNotice.execute({ notificationId }, call)
    if (opens) await openNotice.execute({ notificationId: opens }, call)
    return seeOther(path ?? '/me/inbox')
  } catch (error) {
    if (!isRefusal(error)) throw error
    return seeOther(
      error.kind === 'unauthenticated' ? signInFirst(new URL(request.url).pathname) : '/me/inbox',
    )
  }
}
