import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { placesOf } from '@/components/shell/places'
import type { Who } from '@/components/shell/who'
import { profileOf } from '@/server/auth/user/queries'
import { faceOf, listOwnBusinesses } from '@/server/business/business/queries'
import { isUnavailable } from '@/server/core/errors'
import { countUnread } from '@/server/notification/inbox/queries'
import { type Language, languageOf, viewOf, wantedLanguage } from '@/server/request'

/** The language of the whole page: the reader's, else that of the business whose page it is. */
export async function languageHere(asked: Headers): Promise<Language> {
  const slug = asked.get('x-slotwise-business')
  return wantedLanguage(asked) ?? languageOf(asked, slug ? (await faceOf(slug))?.language : undefined)
}

/** Whoever is signed in and where they work. While the database is away nobody seems to be: the page itself says so. */
export async function whoIsHere(asked: Headers): Promise<Who | null> {
  try {
    const call = await viewOf(asked)
    if (call.actor.kind !== 'user') return null
    const { userId } = call.actor
    const [person, { businesses }, { unread }] = await Promise.all([
      profileOf(userId),
      listOwnBusinesses.execute({}, call),
      countUnread.execute({}, call),
    ])
    return person && { userId, name: person.name, places: placesOf(businesses), unread }
  } catch (error) {
    if (isUnavailable(error)) return null
    throw error
  }
}

/** A page's title in the reader's language, as its `generateMetadata`. */
export const titled =
  <W>(words: Record<Language, W>, of: (words: W) => string, more: Metadata = {}) =>
  async (): Promise<Metadata> => ({ ...more, title: of(words[await languageHere(await headers())]) })
