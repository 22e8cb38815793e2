import { type AdminForm, answerForm } from '../../../answer'

export type Params = { params: Promise<{ business: string; provider: string }> }

/** A form of the card about other calendars: done, and back to it. */
export async function answerOutside(
  request: Request,
  { params }: Params,
  work: (context: AdminForm, providerId: string) => Promise<unknown>,
): Promise<Response> {
  const { provider: providerId } = await params
  const back = `/providers/${providerId}#outside`
  return answerForm(request, params, 'outside', back, async (context) => {
    await work(context, providerId)
    return context.root + back
  })
}
