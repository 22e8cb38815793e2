import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import PostalMime from 'postal-mime'
import type { Mood, Received } from './testing-smtp-process'

export type { Mood }

export type ReceivedMail = {
  envelope: { from: string; to: string[] }
  messageId: string
  from: { name: string; address: string }
  to: { name: string; address: string }
  subject: string
  html: string
  text: string
  headers: string[]
  /** What one press ends, and how it is told. */
  unsubscribe: string[]
  calendar: { type: string; method: string | null; content: string } | null
}

export type SmtpServer = {
  url: string
  be(mood: Mood): Promise<void>
  /** What arrived since it was last forgotten, as an independent program reads it. */
  mails(): Promise<ReceivedMail[]>
  attempts(): Promise<number>
  forget(): Promise<void>
  stop(): Promise<void>
  start(): Promise<void>
}

/** Starts a mail server in a process of its own; stopped and started again it keeps its port. */
export async function startSmtp(): Promise<SmtpServer> {
  let child: ChildProcess
  let port = 0
  let asked = 0
  const start = async () => {
    child = fork(new URL('./testing-smtp-process.ts', import.meta.url), [String(port)], { execArgv: [] })
    const [{ port: taken }] = (await once(child, 'message')) as [{ port: number }]
    port = taken
  }
  const tell = async (): Promise<{ received: Received[]; attempts: number }> => {
    const told = ++asked
    child.send({ tell: told })
    for (;;) {
      const [said] = (await once(child, 'message')) as [
        { told: number; received: Received[]; attempts: number },
      ]
      if (said.told === told) return said
    }
  }
  await start()
  return {
    url: `smtp://127.0.0.1:${port}`,
    be: async (mood) => {
      child.send({ mood })
      await tell()
    },
    mails: async () => Promise.all((await tell()).received.map(read)),
    attempts: async () => (await tell()).attempts,
    forget: async () => {
      child.send({ forget: true })
      await tell()
    },
    stop: async () => {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
    start,
  }
}

async function read({ from, to, raw }: Received): Promise<ReceivedMail> {
  const mail = await new PostalMime({ attachmentEncoding: 'utf8' }).parse(raw)
  const person = (p: { name?: string; address?: string } | undefined) => ({
    name: p?.name ?? '',
    address: p?.address ?? '',
  })
  const calendar = mail.attachments.find((a) => a.mimeType === 'text/calendar')
  return {
    envelope: { from, to },
    messageId: mail.messageId ?? '',
    from: person(mail.from),
    to: person(mail.to?.[0]),
    subject: mail.subject ?? '',
    html: mail.html ?? '',
    text: mail.text ?? '',
    unsubscribe: ['list-unsubscribe', 'list-unsubscribe-post'].map(
      (name) => mail.headers.find(({ key }) => key.toLowerCase() === name)?.value ?? '',
    ),
    headers: mail.headers.map(({ key }) => key.toLowerCase()),
    calendar: calendar
      ? { type: calendar.mimeType, method: calendar.method ?? null, content: String(calendar.content) }
      : null,
  }
}
