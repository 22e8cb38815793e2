/** A user's profile is personal and sealed in the log; a fold says only that the account exists, or did. */
export type User = { erased: boolean }

export const evolveUser = {
  'auth.user.created.v1': (): User => ({ erased: false }),
  'auth.user.updated.v1': (s: User): User => s,
  'auth.user.erased.v1': (): User => ({ erased: true }),
}

/** Long enough not to be guessed within our limits; short enough that hashing it costs what it should. */
export const passwordLength = { min: 10, max: 128 } as const

const profileFields = ['name', 'email', 'emailVerified', 'image', 'language', 'timeZone'] as const

export type Profile = Record<(typeof profileFields)[number], unknown>

/** What an update would change, and to what. */
export const profileChanges = (before: Profile, update: Partial<Profile>): Record<string, unknown> =>
  Object.fromEntries(
    profileFields
      .filter((field) => update[field] !== undefined && update[field] !== before[field])
      .map((field) => [field, update[field]]),
  )

/** People give one name; systems outside ask for two. */
export function namesOf(name: string): { firstName: string; lastName: string } {
  const words = name.trim().split(/\s+/)
  return words.length < 2
    ? { firstName: words[0] ?? '', lastName: '' }
    : { firstName: words.slice(0, -1).join(' '), lastName: words.at(-1) ?? '' }
}
