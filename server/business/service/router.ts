import { expose, router } from '@/server/procedure'
import { archiveService } from './archive'
import { createService } from './create'
import { previewService } from './preview'
import { listServices, showService } from './queries'
import { setBookingRules } from './set-booking-rules'
import { setReminders } from './set-reminders'
import { updateService } from './update'

export const serviceRouter = router({
  create: expose(createService),
  update: expose(updateService),
  setBookingRules: expose(setBookingRules),
  setReminders: expose(setReminders),
  preview: expose(previewService),
  archive: expose(archiveService),
  list: expose(listServices),
  show: expose(showService),
})
