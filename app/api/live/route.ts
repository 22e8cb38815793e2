import { openLive } from '@/server/live'

export const dynamic = 'force-dynamic'

export const GET = (request: Request): Promise<Response> => openLive(request)
