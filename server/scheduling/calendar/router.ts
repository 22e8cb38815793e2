import { expose, router } from '@/server/procedure'
import { setHours } from './set-hours'

export const calendarRouter = router({ setHours: expose(setHours) })
