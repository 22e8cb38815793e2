import { config } from '@/server/core/config'

export type Cookie = { name: string; value: string; seconds: number }

/** One that scripts cannot read and other sites do not send along. */
export function written({ name, value, seconds }: Cookie): string {
  const secure = config().PUBLIC_URL.startsWith('https:') ? '; Secure' : ''
  return `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`
}

export const languageCookie = 'language'
const year = 31_536_000

/** The language somebody chose, for the next time this browser asks. */
export const chosenLanguage = (language: string): Cookie => ({
  name: languageCookie,
  value: language,
  seconds: year,
})
