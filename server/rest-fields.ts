import { Refusal } from '@/server/core/errors'

/** Each field once: a second value of the same name would be believed by some and ignored by others. */
export function queryFields(url: URL): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [name, value] of url.searchParams) {
    if (Object.hasOwn(fields, name))
      throw new Refusal('malformed', 'malformed', { errors: { [name]: 'is given twice' } })
    Object.defineProperty(fields, name, { value, enumerable: true, writable: true, configurable: true })
  }
  return fields
}
