import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { errorCode } from '@/server/core/errors'
import { isPrivateHost, lookUpPublic, PrivateAddress } from '@/server/core/outbound'
import { type CalendarAnswer, CalendarUnreadable, type KnownAnswer } from './ics'

const patienceMs = 10_000
const mostBytes = 5_000_000
const mostRedirects = 3

/** Whether what is asked may be in a private network (`open`), and without encryption (`plain`). */
export type Trust = { open: boolean; plain: boolean }

/** What a calendar elsewhere says now. Nobody's word leads us into a private network, whatever names resolve to. */
export async function fetchCalendar(
  address: string,
  known: KnownAnswer,
  trust: Trust,
): Promise<CalendarAnswer> {
  const signal = AbortSignal.timeout(patienceMs)
  let url = new URL(address)
  try {
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const answer = await ask(url, known, trust, signal)
      const { statusCode: status = 0, headers } = answer
      if (status === 304 && (known?.etag || known?.lastModified)) return drop(answer, { changed: false })
      if (status >= 200 && status < 300) {
        const text = await bodyOf(answer)
        return {
          changed: true,
          text,
          etag: headers.etag ?? null,
          lastModified: headers['last-modified'] ?? null,
        }
      }
      answer.destroy()
      const next = [301, 302, 303, 307, 308].includes(status) ? headers.location : undefined
      if (next === undefined || !URL.canParse(next, url)) throw new CalendarUnreadable(`answered_${status}`)
      url = new URL(next, url)
    }
    throw new CalendarUnreadable('too_many_redirects')
  } catch (error) {
    throw error instanceof CalendarUnreadable ? error : new CalendarUnreadable(whyNot(error, signal))
  }
}

function ask(
  url: URL,
  known: KnownAnswer,
  { open, plain }: Trust,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const secure = url.protocol === 'https:'
  if (!secure && !(plain && url.protocol === 'http:')) throw new CalendarUnreadable('address_refused')
  if (!open && isPrivateHost(url.hostname)) throw new CalendarUnreadable('address_refused')
  return new Promise((resolve, reject) => {
    const sent = (secure ? secureRequest : plainRequest)(
      url,
      {
        agent: false,
        signal,
        lookup: open ? undefined : lookUpPublic,
        headers: {
          accept: 'text/calendar, */*;q=0.1',
          'accept-encoding': 'identity',
          'user-agent': 'SlotWise (calendar reader)',
          ...(known?.etag ? { 'if-none-match': known.etag } : {}),
          ...(known?.lastModified ? { 'if-modified-since': known.lastModified } : {}),
        },
      },
      resolve,
    )
    sent.on('error', reject)
    sent.end()
  })
}

async function bodyOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  if (Number(answer.headers['content-length'] ?? 0) > mostBytes) return drop(answer, tooLarge())
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length
    if (size > mostBytes) return drop(answer, tooLarge())
    parts.push(part)
  }
  return new TextDecoder().decode(Buffer.concat(parts))
}

const tooLarge = () => Promise.reject(new CalendarUnreadable('too_large'))

function drop<T>(answer: IncomingMessage, result: T): T {
  answer.destroy()
  return result
}

const distrusted = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/

function whyNot(error: unknown, signal: AbortSignal) {
  if (signal.aborted) return 'timed_out'
  if (error instanceof PrivateAddress) return 'address_refused'
  return distrusted.test(errorCode(error) ?? '') ? 'certificate' : 'unreachable'
}
