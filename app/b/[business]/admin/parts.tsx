import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Field } from '@/components/ui/field'
import { Search } from '@/components/ui/icons'
import { Input, Textarea } from '@/components/ui/input'
import { Note } from '@/components/ui/note'
import type { Draft } from '@/server/forms'
import styles from './admin.module.css'
import { type Desk, refusalOf } from './desk'

type LineProps = {
  name: string
  label: ReactNode
  value: string | number
  draft: Draft | null
  hint?: ReactNode
  after?: ReactNode
  numeric?: boolean
  prose?: boolean
  optionalWord?: string
  max?: number
  type?: string
}

/** One field of a form: what was typed, else what is so, with what is wrong. */
export function Line(props: LineProps) {
  const { name, label, value, draft, hint, after, numeric, prose, optionalWord, max = 120, type } = props
  const own = { name, defaultValue: draft?.typed[name] ?? value, maxLength: max }
  return (
    <Field label={label} hint={hint} error={draft?.wrong[name]} optional={Boolean(optionalWord)}>
      {(control) =>
        prose ? (
          <Textarea {...control} {...own} />
        ) : (
          <Input
            {...control}
            {...own}
            type={type}
            after={after}
            inputMode={numeric ? 'numeric' : undefined}
          />
        )
      }
    </Field>
  )
}

/** What became of the form that was sent last. */
export function Outcome({ desk, draft, saved }: { desk: Desk; draft: Draft | null; saved?: string }) {
  if (draft)
    return (
      <Note tone="bad" role="alert">
        {refusalOf(desk, draft)}
      </Note>
    )
  return saved ? (
    <Note tone="good" role="status">
      {desk.words.saved}
    </Note>
  ) : null
}

type SearchProps = { desk: Desk; path: string; q: string; hidden?: Record<string, string> }

export function SearchBar({ desk, path, q, hidden = {} }: SearchProps) {
  return (
    <search>
      <form className={styles.search} method="get" action={path}>
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Input type="search" name="q" defaultValue={q} maxLength={100} aria-label={desk.words.searchFor} />
        <Button type="submit" icon={<Search />}>
          {desk.words.search}
        </Button>
      </form>
    </search>
  )
}

export const NoMatch = ({ desk, path, q }: { desk: Desk; path: string; q: string }) => (
  <EmptyState
    icon={Search}
    title={desk.words.noMatch(q)}
    action={<Button href={path}>{desk.words.all}</Button>}
  >
    {desk.words.fewer}
  </EmptyState>
)

type After = { name: string; id: string } | null

/** The key of a page goes through its address. */
export const pageAfter = (after: After, q: string): string =>
  after ? `?${new URLSearchParams({ ...(q ? { q } : {}), after: after.name, id: after.id })}` : ''

export function afterOf(given: Record<string, string | undefined>): { name: string; id: string } | undefined {
  const { after, id } = given
  return after !== undefined && id && /^[0-9a-f-]{36}$/i.test(id)
    ? { name: after.slice(0, 200), id }
    : undefined
}
