import { notFound, redirect } from 'next/navigation'
import { listOwnMemberships } from '@/server/auth/membership/queries'
import type { Call } from '@/server/core/command'

/** The business of that address, where the person runs it. Whoever just ended that goes to `left`. */
export async function houseOf(slug: string, call: Call, left?: string) {
  const { memberships } = await listOwnMemberships.execute({}, call)
  const held = memberships.filter((m) => m.business?.slug === slug)
  const roles = held.map((m) => m.role)
  const [first] = held
  if (!first?.business || !(roles.includes('owner') || roles.includes('admin')))
    return left ? redirect(left) : notFound()
  return { ...first.business, businessId: first.businessId, owns: roles.includes('owner') }
}
