import { profileOf } from '@/server/auth/user/queries'
import { config } from '@/server/core/config'
import { requestMessage } from '@/server/notification/message/request-message'
import { languageOf, oneLine } from '@/server/notification/template/model'
import { reaction } from '../define'

/** Greets whoever made an account, in the language they made it in, and says where to go on. */
export const welcomeUser = reaction('welcome-user', async (event, call) => {
  const person = await profileOf(event.aggregateId)
  if (!person) return
  await requestMessage.execute(
    {
      recipientId: person.id,
      template: 'welcome',
      language: languageOf(person.language),
      aboutType: event.aggregateType,
      aboutId: person.id,
      content: {
        to: { name: oneLine(person.name, 120), address: person.email },
        url: `${config().PUBLIC_URL}/start`,
      },
    },
    call,
  )
})
