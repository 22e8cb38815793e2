import { resourceToken } from '@/server/core/crypto'
import { expose, router } from '@/server/procedure'
import { placeHold } from './place'
import { releaseHold } from './release'

export const holdRouter = router({
  place: expose(placeHold, { present: (held) => ({ ...held, token: resourceToken('hold', held.id) }) }),
  release: expose(releaseHold),
})
