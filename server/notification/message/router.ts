import { expose, router } from '@/server/procedure'
import { inbox } from './queries'

export const messageRouter = router({ inbox: expose(inbox) })
