import { startApp } from '../db/testing-app'
import { testWorld } from '../db/testing-world'
import { newCall } from '../server/core/command'
import { today } from '../server/core/time'
import { setDay } from '../server/scheduling/calendar/set-day'

/** The built app on a database of its own, with one business to visit. Addresses go to the specs by the environment. */
export default async function setup() {
  const app = await startApp({
    host: 'localhost',
    web: 1,
    workers: 1,
    env: {
      DEMO: 'true',
      PRIVATE_ADDRESSES: 'on',
      VAPID_PRIVATE_KEY: Buffer.alloc(32, 5).toString('base64url'),
    },
  })
  const world = await testWorld({ durationMinutes: 60, stepMinutes: 60 })
  const { businessId, providerId, serviceId, zone } = world
  // The first day with times has all of them, whatever the hour.
  await setDay.execute(
    { businessId, providerId, date: today(zone, Date.now()), ranges: [] },
    newCall(world.owner),
  )
  const [business] = await app.owner<
    { slug: string }[]
  >`select slug from business where tenant_id = ${businessId}`
  process.env.E2E_URL = app.web[0]?.url
  process.env.E2E_OWNER_URL = app.cluster.ownerUrl
  process.env.E2E_PLACE = JSON.stringify({ slug: business?.slug, providerId, serviceId })
  return () => app.close()
}
