/** A user's profile is personal and sealed in the log; a fold says only that the account exists. */
export type User = { exists: true }

export const evolveUser = {
  'auth.user.created.v1': (): User => ({ exists: true }),
  'auth.user.updated.v1': (s: User): User => s,
}
