import { type Letter, oneLine } from './model'
import { sheetOf } from './model-sheet'

/** As much as one short message of three parts carries. */
const longest = 459

/** A letter in one line: whose it is, what it is about, and where to see more. */
export function textOf(letter: Letter): string {
  const { subject, brand } = sheetOf(letter)
  const url = 'manageUrl' in letter ? letter.manageUrl : letter.url
  const room = longest - url.length - 1
  return `${oneLine(`${brand.name}: ${subject}`, room)}\n${url}`
}
