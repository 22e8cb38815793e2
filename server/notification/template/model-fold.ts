import type { Data } from '@/server/core/events'
import type { templateChanged, templateReset } from './events'
import type { Language, OwnableTemplate } from './model'

export type Template = {
  template: OwnableTemplate
  language: Language
  subject: string | null
  words: string | null
}

export const evolveTemplate = {
  'notification.template.changed.v1': (
    _: Template | null,
    { template, language, subject, words }: Data<typeof templateChanged>,
  ): Template => ({ template, language, subject, words }),
  'notification.template.reset.v1': (
    _: Template,
    { template, language }: Data<typeof templateReset>,
  ): Template => ({ template, language, subject: null, words: null }),
}
