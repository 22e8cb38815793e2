import { load } from '@/app/start/own'
import type { Call } from '@/server/core/command'
import { type Form, serveOwnForm } from '@/server/forms'

type Context = {
  form: Form
  call: Call
  businessId: string
  /** The calendar as it was looked at, everybody's or one's own, with something else opened. */
  back: (change?: Record<string, string>) => string
}

/** A form of the calendar: leads back to where it was sent from, to the thing it was about where it is refused. */
export async function answerCalendar(
  request: Request,
  params: Promise<{ business: string }>,
  name: string,
  opened: (form: Form) => Record<string, string>,
  work: (context: Context) => Promise<string>,
): Promise<Response> {
  const { business: slug } = await params
  const backOf =
    (form: Form) =>
    (change: Record<string, string> = {}) =>
      withQuery(placeOf(slug, form), change)
  return serveOwnForm(
    request,
    name,
    (form) => backOf(form)(opened(form)),
    async (form, call) => {
      const { businessId } = await load(slug, call)
      return work({ form, call, businessId, back: backOf(form) })
    },
  )
}

/** Never to another page than the calendar itself. */
function placeOf(slug: string, form: Form): string {
  const back = form.get('back') ?? ''
  const places = [`/b/${slug}/admin/calendar`, `/b/${slug}/calendar`]
  return places.some((place) => back === place || back.startsWith(`${place}?`)) ? back : (places[0] as string)
}

function withQuery(address: string, change: Record<string, string>): string {
  const url = new URL(address, 'http://x')
  for (const [name, value] of Object.entries(change)) url.searchParams.set(name, value)
  return url.pathname + url.search
}
