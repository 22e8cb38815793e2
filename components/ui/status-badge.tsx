import { Badge } from './badge'
import { type Mark, statuses } from './status'
import { words as english, type Noun, type StatusOf, type Words } from './words'

type Props<N extends Noun> = { noun: N; status: StatusOf<N>; words?: Words; plain?: boolean }

/** A status as it is always written: from the table, in the reader's language. */
export function StatusBadge<N extends Noun>({ noun, status, words = english, plain }: Props<N>) {
  const marks: Record<string, Mark> = statuses[noun]
  const said: Record<string, string> = words.status[noun]
  const { tone, icon } = marks[status] as Mark
  return (
    <Badge tone={tone} icon={icon} plain={plain}>
      {said[status]}
    </Badge>
  )
}
