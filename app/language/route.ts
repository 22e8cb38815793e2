import { ownPath } from '@/server/auth/user/model-link'
import { askIdentity } from '@/server/auth/user/serve'
import { signedIn } from '@/server/auth/user/session'
import { chosenLanguage } from '@/server/core/cookies'
import { refuse } from '@/server/core/errors'
import { seeOther, serveForm } from '@/server/forms'
import { languages } from '@/server/notification/template/model'
import { addressOf, correlationOf } from '@/server/request'

/** The switch at the foot of a page: kept by the browser, and with the account of whoever is signed in. */
export const POST = (request: Request): Promise<Response> =>
  serveForm(request, async (form) => {
    const { headers } = request
    const language =
      languages.find((known) => known === form.get('language')) ??
      refuse('malformed', 'malformed', { errors: { language: 'is not one we speak' } })
    if (await signedIn(headers)) {
      const facts = { address: addressOf(headers), correlationId: correlationOf(headers) }
      await askIdentity('update-user', { language }, headers, facts)
    }
    return seeOther(cameFrom(headers), [chosenLanguage(language)])
  })

/** The page with the switch on it, where the browser says which; never another site's. */
function cameFrom(headers: Headers): string {
  const referer = headers.get('referer')
  const url = referer && URL.canParse(referer) ? new URL(referer) : null
  return (url?.host === headers.get('host') && ownPath(`${url?.pathname}${url?.search}`)) || '/'
}
