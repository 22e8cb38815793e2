import { closePools } from '@/db/client'
import { startHandling } from '@/jobs/run'
import { list } from '../lib/happening'
import { serve } from '../lib/rpc'

/** The app's dispatcher and handlers, working for the bench's event. */
const running = await startHandling(list)
process.on(
  'SIGTERM',
  () =>
    void running
      .stop()
      .then(closePools)
      .then(() => process.exit(0)),
)
serve({})
