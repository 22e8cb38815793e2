import { expose, router } from '@/server/procedure'
import { addContact } from './add'
import { addNote } from './add-note'
import { listContactAppointments, listContacts } from './list'
import { mergeContacts } from './merge'
import { previewMerge } from './preview-merge'
import { searchContacts, showContact } from './queries'
import { removeNote } from './remove-note'
import { separateContact } from './separate'
import { updateContact } from './update'

export const contactRouter = router({
  add: expose(addContact),
  addNote: expose(addNote),
  appointments: expose(listContactAppointments),
  list: expose(listContacts),
  merge: expose(mergeContacts),
  previewMerge: expose(previewMerge),
  removeNote: expose(removeNote),
  search: expose(searchContacts),
  separate: expose(separateContact),
  show: expose(showContact),
  update: expose(updateContact),
})
