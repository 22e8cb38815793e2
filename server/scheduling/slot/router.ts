import { expose, router } from '@/server/procedure'
import { createSlot } from './create'
import { deleteSlot } from './delete'
import { listSlots } from './list'
import { previewSlot } from './preview'
import { showSlot } from './show'
import { updateSlot } from './update'

export const slotRouter = router({
  create: expose(createSlot),
  update: expose(updateSlot),
  delete: expose(deleteSlot),
  preview: expose(previewSlot),
  list: expose(listSlots),
  show: expose(showSlot),
})
