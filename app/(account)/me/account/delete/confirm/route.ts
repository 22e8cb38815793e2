import { isRefusal } from '@/server/core/errors'
import { seeOther, serveForm } from '@/server/forms'
import { callOf } from '@/server/request'
import { deleteAccount } from '@/server/workflows/delete-account'
import { again, given, onward } from '../../../../form'

/** The last button: there is no way back from it. */
export const POST = (request: Request): Promise<Response> =>
  serveForm(request, async (form) => {
    try {
      await deleteAccount(await callOf(request.headers), given(form, 'currentPassword'))
      return onward('/sign-in?said=deleted')
    } catch (error) {
      if (!isRefusal(error)) throw error
      if (error.code === 'unauthenticated') return seeOther('/sign-in?next=/me/account/delete')
      return again('/me/account/delete', 'delete', {}, error)
    }
  })
