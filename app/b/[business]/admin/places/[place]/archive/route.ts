import { archiveVenue } from '@/server/location/venue/archive'
import { answerForm } from '../../../answer'

type Params = { params: Promise<{ business: string; place: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { place: venueId } = await params
  return answerForm(request, params, 'place', `/places/${venueId}`, async ({ call, businessId, root }) => {
    await archiveVenue.execute({ businessId, venueId }, call)
    return `${root}/places`
  })
}
