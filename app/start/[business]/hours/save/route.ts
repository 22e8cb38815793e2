import { updateProvider } from '@/server/business/provider/update'
import { refuse } from '@/server/core/errors'
import { line } from '@/server/core/fields'
import { serveOwnForm, Wrong } from '@/server/forms'
import { weekFrom } from '@/server/scheduling/calendar/model-entry'
import { setWeek } from '@/server/scheduling/calendar/set-week'
import { beginning, load } from '../../../own'

type Params = { params: Promise<{ business: string }> }

/** With hours there is something to book: the page is opened. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { business: slug } = await params
  return serveOwnForm(request, 'hours', `/start/${slug}/hours`, async (form, call) => {
    const { businessId } = await load(slug, call)
    const { provider } = (await beginning(businessId, call)) ?? refuse('not_found')
    const { weekly, wrong } = weekFrom((name) => form.get(name))
    const fields = Object.fromEntries(wrong.map((day) => [`day-${day}`, 'is not hours']))
    const name = line(120).safeParse(form.get('name'))
    if (!name.success) fields.name = 'is needed'
    if (wrong.length === 0 && Object.keys(weekly).length === 0) fields.week = 'is empty'
    if (Object.keys(fields).length > 0 || !name.success) throw new Wrong(fields)
    const own = { businessId, providerId: provider.id }
    await setWeek.execute({ ...own, weekly }, call)
    await updateProvider.execute({ ...own, changes: { name: name.data, published: true } }, call)
    return `/start/${slug}/done`
  })
}
