import { refuse } from '@/server/core/errors'
import { languages, ownableTemplates } from '@/server/notification/template/model'

export type Which = { params: Promise<{ business: string; template: string; language: string }> }

/** Which kind of mail in which language an address names. */
export async function whichOf(params: Which['params']) {
  const { template, language } = await params
  return {
    template: ownableTemplates.find((known) => known === template) ?? refuse('not_found'),
    language: languages.find((known) => known === language) ?? refuse('not_found'),
  }
}
