import { startApp } from '../db/testing-app'
import { testWorld } from '../db/testing-world'

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
  const [business] = await app.owner<
    { slug: string }[]
  >`select slug from business where tenant_id = ${world.businessId}`
  process.env.E2E_URL = app.web[0]?.url
  process.env.E2E_OWNER_URL = app.cluster.ownerUrl
  process.env.E2E_PLACE = JSON.stringify({
    slug: business?.slug,
    providerId: world.providerId,
    serviceId: world.serviceId,
  })
  return () => app.close()
}
