import { expose, router } from '@/server/procedure'
import { eraseSubject } from './erase'

export const subjectRouter = router({ erase: expose(eraseSubject) })
