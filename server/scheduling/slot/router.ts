import { expose, router } from '@/server/procedure'
import { createSlot } from './create'
import { deleteSlot } from './delete'
import { updateSlot } from './update'

export const slotRouter = router({
  create: expose(createSlot),
  update: expose(updateSlot),
  delete: expose(deleteSlot),
})
