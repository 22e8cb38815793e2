import { openCalendarLive } from '@/server/live'

export const dynamic = 'force-dynamic'

export const GET = async (
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> => openCalendarLive(request, (await params).id)
