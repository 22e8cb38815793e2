import { expose, router } from '@/server/procedure'
import { createBusiness } from './create'

export const businessRouter = router({ create: expose(createBusiness) })
