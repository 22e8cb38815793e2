import { expose, router } from '@/server/procedure'
import { archiveProvider } from './archive'
import { createProvider } from './create'
import { updateProvider } from './update'

export const providerRouter = router({
  create: expose(createProvider),
  update: expose(updateProvider),
  archive: expose(archiveProvider),
})
