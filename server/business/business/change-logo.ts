import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { business, businessLogo } from '@/db/schema'
import { type Call, command } from '@/server/core/command'
import { id } from '@/server/core/fields'
import { drawnAnew } from '@/server/core/picture'
import { members } from '@/server/core/policy'
import { businessLogoChanged } from './events'
import { logoVersion } from './model'

const picture = z.strictObject({ version: logoVersion, bytes: z.instanceof(Buffer) })

const keepLogo = command({
  name: 'business.business.change_logo',
  input: z.strictObject({ businessId: id, picture: picture.nullable() }),
  may: members('owner', 'admin'),
  locks: (_tx, { businessId }) => [`business:${businessId}`],
  run: async (tx, { businessId, picture }, { tenantId, append }) => {
    const logo = picture?.version ?? null
    await append([businessLogoChanged(businessId, { businessId, logo })])
    await tx.update(business).set({ logo }).where(eq(business.tenantId, businessId))
    await tx.delete(businessLogo)
    if (picture)
      await tx.insert(businessLogo).values({ tenantId, version: picture.version, image: picture.bytes })
    return { businessId, logo }
  },
})

type Wanted = { businessId: string; file: Buffer | null }

/** Another logo, or none. What was handed in is drawn anew before any transaction begins, and never kept itself. */
export async function changeLogo({ businessId, file }: Wanted, call: Call) {
  return keepLogo.execute({ businessId, picture: file && (await drawnAnew(file, 'logo')) }, call)
}
