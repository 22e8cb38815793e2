import { expose, router } from '@/server/procedure'
import { archiveVenue } from './archive'
import { createVenue } from './create'
import { listVenues, showVenue } from './queries'
import { updateVenue } from './update'

export const venueRouter = router({
  list: expose(listVenues),
  show: expose(showVenue),
  create: expose(createVenue),
  update: expose(updateVenue),
  archive: expose(archiveVenue),
})
