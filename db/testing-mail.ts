import type postgres from 'postgres'
import { unsealBytes, unwrapKey } from '@/server/core/crypto'
import { accountContent, type KeptMail, keptMailContent } from '@/server/notification/message/model'

type Row = { id: string; kind: string; content: Buffer; key_id: string; wrapped: Buffer }

/** What was asked to be mailed to somebody and has not gone out, newest first: opened as the mailer would. */
export async function waitingMails(owner: postgres.Sql, recipientId: string) {
  const rows = await owner<Row[]>`
    select m.id, m.kind, m.content, k.key_id, k.wrapped from message m join subject_key k on k.subject_id = m.recipient_id
    where m.recipient_id = ${recipientId} and m.content is not null and k.wrapped is not null order by m.created_at desc, m.id desc`
  return rows.map(({ id, kind, content, key_id, wrapped }) => {
    const opened = unsealBytes(unwrapKey(wrapped, key_id), content, `message:${id}`)
    const { to, url } = accountContent.parse(JSON.parse(opened.toString()))
    return { kind, to: to.address, url, token: new URL(url).searchParams.get('token') ?? '' }
  })
}

type Kept = { id: string; mail: Buffer; key_id: string; wrapped: Buffer }

/**
 * The newest mail that went out to an address, where no server takes mails; waits for it. A welcome comes in its own
 * time, beside others, and is found only when asked for.
 */
export async function mailTo(
  owner: postgres.Sql,
  address: string,
  after = new Date(0),
  kind: 'welcome' | null = null,
): Promise<KeptMail> {
  for (const end = Date.now() + 20_000; ; ) {
    const rows = await owner<Kept[]>`
      select m.id, m.mail, k.key_id, k.wrapped from kept_mail m join subject_key k on k.subject_id = m.recipient_id
      join message on message.id = m.id
      where m.created_at > ${after} and k.wrapped is not null
        and (message.kind = ${kind} or (${kind}::text is null and message.kind <> 'welcome')) order by m.created_at desc limit 50`
    for (const { id, mail, key_id, wrapped } of rows) {
      const opened = unsealBytes(unwrapKey(wrapped, key_id), mail, `message:${id}`)
      const found = keptMailContent.parse(JSON.parse(opened.toString()))
      if (found.to.address === address) return found
    }
    if (Date.now() > end) throw new Error(`no mail came to ${address}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** The address behind the mail's button. */
export const linkIn = (mail: KeptMail): string => {
  const link = /https?:\/\/\S+[?&]token=\S+/.exec(mail.text)?.[0]
  if (!link) throw new Error(`“${mail.subject}” has no link`)
  return link
}
