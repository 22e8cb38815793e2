import { createVenue } from '@/server/location/venue/create'
import { updateVenue } from '@/server/location/venue/update'
import { answerForm } from '../../../answer'

type Params = { params: Promise<{ business: string; place: string }> }
type Typed = { get(name: string): string | null }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { place } = await params
  return answerForm(
    request,
    params,
    'place',
    `/places/${place}`,
    async ({ form, call, businessId, root }) => {
      const details = { businessId, ...detailsFrom(form) }
      if (place !== 'new') await updateVenue.execute({ ...details, venueId: place }, call)
      const venueId = place === 'new' ? (await createVenue.execute(details, call)).venueId : place
      return `${root}/places/${venueId}?saved=1`
    },
  )
}

const detailsFrom = (form: Typed) => {
  const text = (name: string) => (form.get(name) ?? '').trim()
  return {
    name: text('name'),
    lines: text('lines')
      .split(/\s*\n\s*/)
      .filter(Boolean),
    postalCode: text('postalCode'),
    city: text('city'),
    country: text('country'),
    timeZone: text('timeZone'),
    phone: text('phone') || null,
    access: text('access') || null,
    note: text('note') || null,
    latitude: number(text('latitude')),
    longitude: number(text('longitude')),
    fenceMetres: number(text('fenceMetres')),
  }
}

/** With a comma or a point; what is no number is refused by the verb. */
const number = (typed: string) => (typed === '' ? null : Number(typed.replace(',', '.')))
