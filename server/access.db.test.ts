import { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '@/db/testing'
import { sampleInput } from '@/db/testing-samples'
import { person, someone, testWorld, type World } from '@/db/testing-world'
import { createVenue } from '@/server/location/venue/create'
import { sendInvitation } from './auth/invitation/send'
import { grantMembership } from './auth/membership/grant'
import { bookAppointment } from './booking/appointment/book'
import { joinWaitlist } from './booking/waitlist/join'
import { addContact } from './business/contact/add'
import { addNote } from './business/contact/add-note'
import { type Actor, anonymous, roles, systemActor } from './core/actor'
import { newCall } from './core/command'
import { resourceToken } from './core/crypto'
import { isRefusal } from './core/errors'
import { newId } from './core/id'
import { sendToInbox } from './notification/message/send-to-inbox'
import { createCallerFactory } from './procedure'
import { type Listed, procedures } from './procedures'
import { appRouter } from './router'
import { blockTime } from './scheduling/calendar/block'
import { placeHold } from './scheduling/hold/place'
import { connectOutside } from './scheduling/outside/connect'
import { createSeries } from './scheduling/series/create'
import { createSlot } from './scheduling/slot/create'

/** Who may call without a membership was decided one by one. A new name here wants a reviewer. */
const reviewed = {
  public: [
    'appointment.book',
    'appointment.bookSeveral',
    'appointment.planSeries',
    'hold.place',
    'provider.get',
    'provider.search',
    'waitlist.join',
  ],
  bearer: [
    'appointment.bookHeld',
    'appointment.cancel',
    'appointment.get',
    'appointment.reschedule',
    'hold.release',
    'invitation.get',
    'preference.set',
    'preference.show',
    'waitlist.accept',
    'waitlist.leave',
    'waitlist.show',
  ],
  signed_in: [
    'appointment.listOwn',
    'business.create',
    'inbox.clear',
    'inbox.count',
    'inbox.list',
    'inbox.open',
    'invitation.accept',
    'membership.listOwn',
    'preference.setOwn',
    'preference.showOwn',
    'waitlist.listOwn',
  ],
}

type Ids = Record<string, string>
type Side = { world: World; ids: Ids }

let db: TestDatabase
let mine: Side
let theirs: Side
let all: Listed[]

async function side(): Promise<Side> {
  const world = await testWorld()
  const own = newCall(world.owner)
  const where = { providerId: world.providerId, serviceId: world.serviceId }
  const booked = await bookAppointment.execute(
    { ...where, startTime: world.at(2, '09:00'), client: someone() },
    newCall(anonymous),
  )
  const held = await placeHold.execute(
    { ...where, startTime: world.at(2, '12:00'), holder: newId() },
    newCall(anonymous),
  )
  const { slotId } = await createSlot.execute(
    { businessId: world.businessId, ...where, startTime: world.at(2, '15:00') },
    own,
  )
  const { seriesId } = await createSeries.execute(
    {
      businessId: world.businessId,
      ...where,
      rrule: 'FREQ=WEEKLY',
      startDate: world.at(4, '15:00').slice(0, 10),
      time: '19:00',
    },
    own,
  )
  const { outsideId } = await connectOutside.execute(
    {
      businessId: world.businessId,
      providerId: world.providerId,
      url: 'https://calendars.example.org/own.ics',
    },
    own,
  )
  const userId = newId()
  const { membershipId } = await grantMembership.execute(
    { businessId: world.businessId, userId, role: 'agent' },
    own,
  )
  const { blockId } = await blockTime.execute(
    {
      businessId: world.businessId,
      providerId: world.providerId,
      startTime: world.at(2, '18:00'),
      endTime: world.at(2, '19:00'),
    },
    own,
  )
  const { invitationId } = await sendInvitation.execute(
    { businessId: world.businessId, email: 'asked@example.com', role: 'agent' },
    own,
  )
  const waiting = await joinWaitlist.execute(
    {
      serviceId: world.serviceId,
      wish: { kind: 'time', providerId: world.providerId, startTime: world.at(2, '09:00') },
      client: someone(),
    },
    newCall(anonymous),
  )
  const { notificationId } = await sendToInbox.execute(
    {
      businessId: world.businessId,
      recipientId: null,
      kind: 'a-notice',
      aboutType: 'booking.appointment',
      aboutId: booked.id,
    },
    newCall(systemActor('a-test')),
  )
  const [contact] = await db.owner<
    { id: string }[]
  >`select id from contact where tenant_id = ${world.businessId}`
  const another = await addContact.execute({ businessId: world.businessId, name: 'Another' }, own)
  const { noteId } = await addNote.execute(
    { businessId: world.businessId, contactId: another.contactId, text: 'a note' },
    own,
  )
  const { venueId } = await createVenue.execute(
    { businessId: world.businessId, name: 'A place', timeZone: world.zone },
    own,
  )
  return {
    world,
    ids: {
      id: booked.id,
      holdId: held.id,
      slotId,
      seriesId,
      outsideId,
      blockId,
      membershipId,
      invitationId,
      waitlistId: waiting.id,
      token: resourceToken('invitation', invitationId),
      userId,
      contactId: contact?.id ?? '',
      intoId: another.contactId,
      noteId,
      messageId: notificationId ?? '',
      notificationId: notificationId ?? '',
      venueId,
      subjectId: contact?.id ?? '',
    },
  }
}

beforeAll(async () => {
  db = await testDatabase()
  ;[mine, theirs] = [await side(), await side()]
  all = procedures()
})
afterAll(() => db.drop())

const caller = createCallerFactory(appRouter)

async function outcome(path: string, actor: Actor, input: unknown): Promise<string> {
  let at = caller({ call: newCall(actor, { network: newId() }) }) as unknown as Record<string, unknown>
  for (const part of path.split('.')) at = at[part] as Record<string, unknown>
  try {
    await (at as unknown as (i: unknown) => Promise<unknown>)(input)
    return 'ok'
  } catch (error) {
    const cause = error instanceof TRPCError ? error.cause : error
    if (isRefusal(cause)) return cause.kind
    throw error
  }
}

const facts = async () => {
  const [row] = await db.owner<{ n: number }[]>`select count(*)::int as n from event_log`
  return row?.n
}

const inputFor = (p: Listed, s: Side, business = s.world.businessId) =>
  sampleInput(p.action.input, { ...s.world, businessId: business }, { ...s.ids, id: namedBy(p.path, s) })

/** What a procedure's own `id` is the id of. */
const namedBy = (path: string, { ids, world }: Side): string =>
  ({ provider: world.providerId, waitlist: ids.waitlistId })[path.split('.')[0] as string] ??
  (ids.id as string)

describe('every procedure', () => {
  test('has a policy, and those without a membership are the reviewed ones', () => {
    const byKind = (kind: string) =>
      all
        .filter((p) => p.action.may.kind === kind)
        .map((p) => p.path)
        .sort()
    expect({ public: byKind('public'), bearer: byKind('bearer'), signed_in: byKind('signed_in') }).toEqual(
      reviewed,
    )
    expect(byKind('system')).toEqual([])
    expect(all.length).toBeGreaterThan(15)
  })

  test('× every role × a foreign tenant: not found, nothing written', async () => {
    const before = await facts()
    const wrong: string[] = []
    for (const p of all.filter((q) => ['member', 'bearer'].includes(q.action.may.kind)))
      for (const role of roles) {
        const stranger = person(newId(), [{ tenantId: mine.world.businessId, role }])
        const said = await outcome(p.path, stranger, inputFor(p, theirs))
        if (said !== 'not_found') wrong.push(`${p.path} as ${role} elsewhere: ${said}`)
      }
    expect(wrong).toEqual([])
    expect(await facts()).toBe(before)
  })

  test('with one’s own business and a foreign thing in it: not found, nothing written', async () => {
    const before = await facts()
    const wrong: string[] = []
    for (const p of all.filter((q) => q.action.may.kind === 'member')) {
      const input = inputFor(p, theirs, mine.world.businessId)
      const foreign = Object.keys(input).some(
        (name) =>
          /Ids?$/.test(name) &&
          !['businessId', 'userId'].includes(name) &&
          (input[name] as unknown[]).length > 0,
      )
      if (!foreign) continue
      const said = await outcome(p.path, mine.world.owner, input)
      if (said !== 'not_found') wrong.push(`${p.path}: ${said}`)
    }
    expect(wrong).toEqual([])
    expect(await facts()).toBe(before)
  })

  test('refuses those who are not signed in, and members without the role', async () => {
    const before = await facts()
    const wrong: string[] = []
    for (const p of all) {
      const { may } = p.action
      if (may.kind === 'public') continue
      const said = await outcome(p.path, anonymous, inputFor(p, mine))
      if (said !== 'unauthenticated') wrong.push(`${p.path} anonymously: ${said}`)
      const allowed = may.kind === 'member' ? may.roles : may.kind === 'bearer' ? may.orRoles : null
      if (!allowed) continue
      for (const role of roles.filter((r) => !allowed.includes(r))) {
        const as = person(newId(), [{ tenantId: mine.world.businessId, role }])
        const refused = await outcome(p.path, as, inputFor(p, mine))
        if (refused !== 'forbidden') wrong.push(`${p.path} as ${role}: ${refused}`)
      }
    }
    expect(wrong).toEqual([])
    expect(await facts()).toBe(before)
  })

  test('takes the sample that the tests above use, so that they refuse for the right reason', async () => {
    const wrong: string[] = []
    // Reads first, endings last: they archive and delete what the others look at.
    const turn = (p: Listed) =>
      p.kind === 'query' ? 0 : /\.(archive|delete|erase|revoke)/.test(p.path) ? 2 : 1
    for (const p of [...all].sort((a, b) => turn(a) - turn(b))) {
      if (p.action.may.kind === 'operator') continue
      const said = await outcome(p.path, mine.world.owner, inputFor(p, mine))
      if (
        ['malformed', 'not_found', 'unauthenticated'].includes(said) &&
        !(p.action.may.kind === 'bearer' && said === 'not_found')
      )
        wrong.push(`${p.path}: ${said}`)
    }
    expect(wrong).toEqual([])
  })
})
