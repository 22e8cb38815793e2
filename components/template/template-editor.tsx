'use client'

import { useState } from 'react'
import { templateWords } from '@/components/message/template-words'
import { Card } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Input, Textarea } from '@/components/ui/input'
import type { Language } from '@/server/notification/template/model'
import {
  type Custom,
  type OwnableLetter,
  placeholdersOf,
  unknownPlaceholders,
} from '@/server/notification/template/model-custom'
import { sheetOf } from '@/server/notification/template/model-sheet'
import { SheetView } from './sheet-view'
import styles from './template-editor.module.css'

type Props = { language: Language; sample: OwnableLetter; said: Custom; refused: boolean }

/** The fields of a mail's own words, and the mail as it reads while they are typed. */
export function TemplateEditor({ language, sample, said, refused }: Props) {
  const words = templateWords[language]
  const [typed, setTyped] = useState(said)
  const wrong = (text: string) => {
    const [unknown] = unknownPlaceholders(sample.template, text)
    if (unknown !== undefined) return words.unknown(unknown)
    return refused && text.trim() === '' ? words.empty : undefined
  }
  const sheet = sheetOf({ ...sample, custom: typed })
  return (
    <div className={styles.editor}>
      <div className="stack">
        <Field label={words.subject} error={wrong(typed.subject)}>
          {(control) => (
            <Input
              {...control}
              name="subject"
              maxLength={200}
              value={typed.subject}
              onChange={(event) => setTyped({ ...typed, subject: event.target.value })}
            />
          )}
        </Field>
        <Field label={words.words} hint={words.wordsHint} error={wrong(typed.words)}>
          {(control) => (
            <Textarea
              {...control}
              name="words"
              rows={8}
              maxLength={2000}
              value={typed.words}
              onChange={(event) => setTyped({ ...typed, words: event.target.value })}
            />
          )}
        </Field>
        <p className="quiet small">{words.braces}:</p>
        <ul className={styles.known}>
          {placeholdersOf(sample.template).map((name) => (
            <li key={name}>
              <code>{`{${name}}`}</code> <span className="quiet small">{words.placeholders[name]}</span>
            </li>
          ))}
        </ul>
      </div>
      <Card title={words.preview}>
        <p className="quiet small">{words.previewUnder}</p>
        <p>
          <strong>
            <bdi>{sheet.subject}</bdi>
          </strong>
        </p>
        <SheetView sheet={sheet} />
      </Card>
    </div>
  )
}
