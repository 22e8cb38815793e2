import type { SentWords } from '@/components/message/sent-words'
import type { listMessages } from '@/server/notification/message/list'

type Message = Awaited<ReturnType<typeof listMessages.execute>>['messages'][number]

/** Whom it was for, as those who run the business know them. */
export function reader(
  { recipientId, channel, to }: Pick<Message, 'recipientId' | 'channel' | 'to'>,
  words: SentWords,
): string {
  if (to?.name) return to.name
  if (recipientId === null) return words.everybody
  return to || channel === 'email' ? words.erased : words.reader
}
