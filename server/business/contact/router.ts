import { expose, router } from '@/server/procedure'
import { searchContacts } from './queries'

export const contactRouter = router({
  search: expose(searchContacts),
})
