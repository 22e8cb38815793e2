import { expose, router } from '@/server/procedure'
import { askRefresh } from './ask-refresh'
import { connectOutside } from './connect'
import { disconnectOutside } from './disconnect'
import { listOutside } from './list'

export const outsideRouter = router({
  askRefresh: expose(askRefresh),
  connect: expose(connectOutside),
  disconnect: expose(disconnectOutside),
  list: expose(listOutside),
})
