import { expose, router } from '@/server/procedure'
import { createSeries } from './create'
import { endSeries } from './end'
import { listSeries } from './list'
import { listOffers } from './list-offers'
import { previewNewSeries, previewSeries } from './preview'
import { updateSeries } from './update'

export const seriesRouter = router({
  create: expose(createSeries),
  previewNew: expose(previewNewSeries),
  preview: expose(previewSeries),
  update: expose(updateSeries),
  end: expose(endSeries),
  list: expose(listSeries),
  offers: expose(listOffers),
})
