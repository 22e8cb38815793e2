import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assertInvariants, type TestDatabase, testDatabase } from '@/db/testing'
import { waitingMails } from '@/db/testing-mail'
import { person } from '@/db/testing-world'
import { createBusiness } from '@/server/business/business/create'
import { anonymous, type Role } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { resourceToken } from '@/server/core/crypto'
import { newId } from '@/server/core/id'
import { grantMembership } from '../membership/grant'
import { revokeMembership } from '../membership/revoke'
import { grantsOf } from '../user/session'
import { acceptInvitation } from './accept'
import { getInvitation, listInvitations } from './queries'
import { sendInvitation } from './send'
import { withdrawInvitation } from './withdraw'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.drop())

const as = async (userId: string) => newCall(person(userId, await grantsOf(userId)))
async function business() {
  const ownerId = newId()
  const { businessId } = await createBusiness.execute(
    { name: 'Haus', slug: `h-${newId().slice(-12)}`, timeZone: 'Europe/Berlin' },
    newCall(person(ownerId)),
  )
  return { businessId, ownerId }
}
const invite = async (
  { businessId, ownerId }: Awaited<ReturnType<typeof business>>,
  role: Role = 'provider',
) =>
  (
    await sendInvitation.execute(
      { businessId, email: 'Neu@example.com', role, language: 'en' },
      await as(ownerId),
    )
  ).invitationId
const accept = async (
  invitationId: string,
  userId: string,
  token = resourceToken('invitation', invitationId),
) => acceptInvitation.execute({ invitationId, token }, await as(userId))
const over = { kind: 'conflict', code: 'invitation_over' }

describe('an invitation', () => {
  test('goes out by mail, shows who asks, and gives the role to whoever accepts it, once', async () => {
    const house = await business()
    const invitationId = await invite(house)
    const [mail] = await waitingMails(db.owner, invitationId)
    expect(mail).toMatchObject({ kind: 'invitation', to: 'neu@example.com' })
    expect(mail?.url).toContain(`/invitations/${invitationId}?token=`)
    const shown = await getInvitation.execute(
      { invitationId },
      { ...newCall(anonymous), bearer: mail?.token ?? '' },
    )
    expect(shown).toMatchObject({ business: { name: 'Haus' }, role: 'provider', stands: true })
    const colleague = newId()
    await accept(invitationId, colleague, mail?.token)
    expect(await grantsOf(colleague)).toEqual([{ tenantId: house.businessId, role: 'provider' }])
    await expect(accept(invitationId, newId())).rejects.toMatchObject(over)
    const kept = await db.owner`select email from invitation where id = ${invitationId}`
    expect(kept[0]?.email).toBeNull()
    const log = await db.owner<{ type: string; data: string }[]>`
      select type, data::text from event_log where aggregate_id = ${invitationId} order by version`
    expect(log.map((e) => e.type)).toEqual(['auth.invitation.sent.v1', 'auth.invitation.accepted.v1'])
    expect(log[0]?.data).not.toContain('neu@')
    await assertInvariants(db.owner)
  })

  test('is accepted once when many press at once', async () => {
    const house = await business()
    const invitationId = await invite(house)
    const people = Array.from({ length: 6 }, () => newId())
    const tries = await Promise.allSettled(people.map((userId) => accept(invitationId, userId)))
    expect(tries.filter((t) => t.status === 'fulfilled')).toHaveLength(1)
    await assertInvariants(db.owner)
  })

  test('opens nothing with another link, when taken back, or when it ran out', async () => {
    const house = await business()
    const [one, two] = [await invite(house), await invite(house, 'agent')]
    await expect(accept(one, newId(), resourceToken('invitation', two))).rejects.toMatchObject({
      kind: 'not_found',
    })
    await withdrawInvitation.execute(
      { businessId: house.businessId, invitationId: one },
      await as(house.ownerId),
    )
    await expect(accept(one, newId())).rejects.toMatchObject(over)
    await db.owner`update invitation set expires_at = now() - interval '1 second' where id = ${two}`
    await expect(accept(two, newId())).rejects.toMatchObject(over)
    const { businessId } = house
    expect(await listInvitations.execute({ businessId }, await as(house.ownerId))).toEqual({
      invitations: [],
      after: null,
    })
  })

  test('stands only while whoever sent it may still give the role', async () => {
    const house = await business()
    const admin = newId()
    const granting = { businessId: house.businessId, userId: admin, role: 'admin' as const }
    const { membershipId } = await grantMembership.execute(granting, await as(house.ownerId))
    const asked = { businessId: house.businessId, email: 'x@example.com' }
    await expect(sendInvitation.execute({ ...asked, role: 'owner' }, await as(admin))).rejects.toMatchObject({
      kind: 'forbidden',
    })
    const { invitationId } = await sendInvitation.execute({ ...asked, role: 'admin' }, await as(admin))
    await revokeMembership.execute({ businessId: house.businessId, membershipId }, await as(house.ownerId))
    await expect(accept(invitationId, newId())).rejects.toMatchObject(over)
  })

  test('is not sent twice for the same role', async () => {
    const house = await business()
    await invite(house)
    await expect(invite(house)).rejects.toMatchObject({ kind: 'conflict', code: 'already_invited' })
  })
})
