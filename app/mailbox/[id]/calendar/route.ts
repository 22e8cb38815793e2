import { keptMailById } from '@/server/notification/message/queries'

type Route = { params: Promise<{ id: string }> }

/** The file that was in the mail. */
export async function GET(_request: Request, { params }: Route): Promise<Response> {
  const entry = await keptMailById((await params).id)
  if (!entry?.mail.calendar) return new Response('Not found', { status: 404 })
  const { method, file } = entry.mail.calendar
  return new Response(file, {
    headers: {
      'content-type': `text/calendar; charset=utf-8; method=${method}`,
      'content-disposition': 'attachment; filename="invitation.ics"',
      'cache-control': 'no-store',
    },
  })
}
