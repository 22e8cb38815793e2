import { expose, router } from '@/server/procedure'
import { createBusiness } from './create'
import { showOwnBusiness } from './queries'
import { updateBusiness } from './update'

export const businessRouter = router({
  create: expose(createBusiness),
  update: expose(updateBusiness),
  showOwn: expose(showOwnBusiness),
})
