import { expose, router } from '@/server/procedure'
import { showOwnPreferences, showPreferences } from './queries'
import { setPreferences } from './set'
import { setOwnPreferences } from './set-own'

export const preferenceRouter = router({
  set: expose(setPreferences),
  setOwn: expose(setOwnPreferences),
  show: expose(showPreferences),
  showOwn: expose(showOwnPreferences),
})
