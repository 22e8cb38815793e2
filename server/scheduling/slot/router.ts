import { expose, router } from '@/server/procedure'
import { createSlot } from './create'
import { deleteSlot } from './delete'

export const slotRouter = router({ create: expose(createSlot), delete: expose(deleteSlot) })
