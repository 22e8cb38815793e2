'use client'

import { Badge } from './badge'
import { useLanguage } from './language'
import { type Mark, statuses } from './status'
import { type Noun, type StatusOf, statusWords } from './status-words'

type Props<N extends Noun> = { noun: N; status: StatusOf<N>; plain?: boolean }

/** A status as it is always written: from the table, in the reader's language. */
export function StatusBadge<N extends Noun>({ noun, status, plain }: Props<N>) {
  const marks: Record<string, Mark> = statuses[noun]
  const said: Record<string, string> = statusWords[useLanguage()][noun]
  const { tone, icon } = marks[status] as Mark
  return (
    <Badge tone={tone} icon={icon} plain={plain}>
      {said[status]}
    </Badge>
  )
}
