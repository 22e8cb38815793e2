import '@/server/events'
import { allEvents } from '@/server/core/events'

export const GET = (): Response => Response.json({ types: allEvents().map((e) => e.type) })
