/** What people may choose to hear of, as clients and where they work. What they must know of a booking comes by mail anyway. */
export const clientKinds = ['bookings', 'reminders', 'waiting'] as const
export const deskKinds = ['requests', 'desk'] as const
export const preferenceKinds = [...clientKinds, ...deskKinds] as const
export type PreferenceKind = (typeof preferenceKinds)[number]
export const preferenceChannels = ['email', 'sms', 'push', 'inbox'] as const
export type PreferenceChannel = (typeof preferenceChannels)[number]
/** Only what somebody said: the rest is as it is for everybody. */
export type Choices = Partial<Record<PreferenceKind, Partial<Record<PreferenceChannel, boolean | undefined>>>>

/** What a message is about, as people choose it; null where nobody chooses, as with links to sign in. */
export function kindOf(template: string): PreferenceKind | null {
  if (template === 'appointment_reminder') return 'reminders'
  if (template.startsWith('appointment_')) return 'bookings'
  if (template.startsWith('waitlist_')) return 'waiting'
  // Notices for people of the business are named by the event they tell of.
  if (!template.includes('.')) return null
  return template.endsWith('.approval_requested.v1') ? 'requests' : 'desk'
}

const isDesk = (kind: PreferenceKind): boolean => deskKinds.some((known) => known === kind)

/** What stands in an inbox at the desk is everybody's there: it is chosen only whether it is pushed, too. */
export const canChoose = (kind: PreferenceKind, channel: PreferenceChannel): boolean =>
  !isDesk(kind) || channel === 'push'

/** It reaches them whatever they chose. */
export const isMust = (kind: PreferenceKind | null, channel: PreferenceChannel): boolean =>
  channel === 'email' && (kind === null || kind === 'bookings')

/** A short message costs somebody money: only for those who asked. */
const byDefault = (channel: PreferenceChannel): boolean => channel !== 'sms'

export const wants = (made: Choices, kind: PreferenceKind | null, channel: PreferenceChannel): boolean =>
  isMust(kind, channel) || kind === null || (made[kind]?.[channel] ?? byDefault(channel))

/** What a form with a box for each kind and channel says: a box that was shown and is not ticked is a no. */
export function choicesFrom(form: { get(name: string): string | null }): Choices {
  const shown = (form.get('channels') ?? '').split(',')
  const about = form.get('kinds')?.split(',') ?? [...clientKinds]
  const channels = preferenceChannels.filter((channel) => shown.includes(channel))
  return Object.fromEntries(
    preferenceKinds
      .filter((kind) => about.includes(kind))
      .map((kind) => [
        kind,
        Object.fromEntries(
          channels
            .filter((channel) => canChoose(kind, channel) && !isMust(kind, channel))
            .map((channel) => [channel, form.get(`${kind}-${channel}`) !== null]),
        ),
      ]),
  )
}
