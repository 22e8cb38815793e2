import { ask } from './ask'

/** Makes an account, unless the address has one: neither the caller nor the clock can tell which. */
export async function signUp(person: { name: string; email: string; password: string }): Promise<void> {
  await ask((api) => api.signUpEmail({ body: person }))
}
