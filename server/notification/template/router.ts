import { expose, router } from '@/server/procedure'
import { changeTemplate } from './change'
import { listTemplates } from './queries'
import { resetTemplate } from './reset'

export const templateRouter = router({
  change: expose(changeTemplate),
  list: expose(listTemplates),
  reset: expose(resetTemplate),
})
