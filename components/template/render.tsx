import { renderToStaticMarkup } from 'react-dom/server'
import type { Block, Letter, Sheet } from '@/server/notification/template/model'
import { sheetOf } from '@/server/notification/template/model-sheet'
import { MailPage } from './mail'

export type Written = { subject: string; html: string; text: string }

/** A letter as it is sent. Pure, so that a preview is the thing itself. */
export function writeLetter(letter: Letter): Written {
  const sheet = sheetOf(letter)
  const markup = renderToStaticMarkup(<MailPage sheet={sheet} />)
  return { subject: sheet.subject, html: `<!doctype html>${markup}`, text: asText(sheet) }
}

const asText = ({ brand, heading, blocks, why, choices }: Sheet): string => {
  const foot = choices ? `${why}\n${choices.label}:\n${choices.url}` : why
  return `${[brand.name, heading, ...blocks.map(blockAsText), `-- \n${foot}`].join('\n\n')}\n`
}

function blockAsText(block: Block): string {
  switch (block.kind) {
    case 'words':
    case 'note':
      return block.text
    case 'button':
    case 'link':
      return `${block.label}:\n${block.url}`
    case 'facts':
      return block.facts.map(({ name, lines }) => `${name}: ${lines.join(', ')}`).join('\n')
  }
}
