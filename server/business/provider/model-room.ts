import { z } from 'zod'

/** A link that a mail program opens: https, a host, nobody's name or password in it, and nothing that breaks a line. */
export const roomLink = z
  .string()
  .max(1000)
  .transform((text) => text.trim())
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : null
    return url?.protocol === 'https:' && url.hostname.includes('.') && !url.username && !url.password
  }, 'must be a link that begins with https://')
  .transform((text) => new URL(text).href)
