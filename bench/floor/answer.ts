import { readFileSync } from 'node:fs'

/** The bytes that the app really answered, as the bench wrote them down; nothing while this is being built. */
const path = process.env.FLOOR_BODY
export const body = new Uint8Array(path ? readFileSync(/*turbopackIgnore: true*/ path) : [])

export const headers = {
  etag: '"a-constant-tag-of-22-ch"',
  'cache-control': 'private, max-age=0, must-revalidate',
  'content-type': 'application/json',
}
