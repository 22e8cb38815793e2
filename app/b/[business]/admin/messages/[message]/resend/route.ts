import { resendMessage } from '@/server/notification/message/resend'
import { answerForm } from '../../../answer'

type Params = { params: Promise<{ business: string; message: string }> }

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { message: messageId } = await params
  const back = `/messages/${messageId}`
  return answerForm(request, params, 'message', back, async ({ call, businessId, root }) => {
    await resendMessage.execute({ businessId, messageId }, call)
    return `${root}${back}?saved=1`
  })
}
