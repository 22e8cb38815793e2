import { expose, router } from '@/server/procedure'
import { blockTime } from './block'
import { changeBlock } from './change-block'
import { previewRules } from './preview-rules'
import { setDay } from './set-day'
import { setHolidays } from './set-holidays'
import { setHours } from './set-hours'
import { setWeek } from './set-week'
import { showBoard } from './show-board'
import { unblockTime } from './unblock'

export const calendarRouter = router({
  board: expose(showBoard),
  previewRules: expose(previewRules),
  setHours: expose(setHours),
  setWeek: expose(setWeek),
  setDay: expose(setDay),
  setHolidays: expose(setHolidays),
  block: expose(blockTime),
  changeBlock: expose(changeBlock),
  unblock: expose(unblockTime),
})
