'use client'

import { type ReactNode, useEffect, useId, useState } from 'react'
import { useActiveOption } from './active-option'
import { Dialog } from './dialog'
import styles from './floating.module.css'
import { Search } from './icons'
import { useWords } from './language'
import { ranked } from './search-rank'

export type Command = {
  id: string
  group: string
  label: string
  /** Other words by which people look for it. */
  also?: string
  icon?: ReactNode
  hint?: ReactNode
  run: () => void
}
type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  commands: readonly Command[]
  /** What a server found for what is typed; shown after the commands. */
  onType?: (typed: string) => void
  label: string
  placeholder: string
}

const most = 40

/** Everything that can be reached, by its own name. Opens by ⌘K or Ctrl K. */
export function CommandPalette({ open, onOpenChange, label, ...rest }: Props) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.shiftKey) return
      event.preventDefault()
      onOpenChange(!open)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [open, onOpenChange])
  return (
    <Dialog kind="palette" open={open} onClose={() => onOpenChange(false)} title={label} titleHidden>
      <Palette {...rest} label={label} close={() => onOpenChange(false)} />
    </Dialog>
  )
}

type PaletteProps = Pick<Props, 'commands' | 'onType' | 'placeholder' | 'label'> & {
  close: () => void
}

function Palette({ commands, onType, placeholder, label, close }: PaletteProps) {
  const words = useWords()
  const id = useId()
  const [typed, setTyped] = useState('')
  const found = ranked(commands, typed, (c) => `${c.label} ${c.also ?? ''}`).slice(0, most)
  const groups = [...new Set(found.map((command) => command.group))]
  const shown = groups.flatMap((group) => found.filter((command) => command.group === group))
  const { active, setActive, list, onKey } = useActiveOption(shown.length, (index) => run(shown[index]))

  function run(command?: Command) {
    close()
    command?.run()
  }
  const option = (command: Command) => {
    const index = shown.indexOf(command)
    return (
      // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option.
      // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys.
      <div
        key={command.id}
        id={`${id}-${index}`}
        role="option"
        aria-selected={index === active}
        data-active={index === active || undefined}
        className={styles.item}
        data-unticked=""
        onPointerMove={() => setActive(index)}
        onClick={() => run(command)}
      >
        {command.icon}
        <span className={styles.words}>{command.label}</span>
        {command.hint ? <span className={styles.hint}>{command.hint}</span> : null}
      </div>
    )
  }
  return (
    <div className={styles.palette} data-density="work">
      <div className={styles.entry}>
        <Search />
        <input
          role="combobox"
          aria-label={label}
          aria-expanded="true"
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={shown.length ? `${id}-${active}` : undefined}
          placeholder={placeholder}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setActive(0)
            onType?.(event.target.value)
          }}
          onKeyDown={onKey}
        />
        <kbd className={styles.kbd}>esc</kbd>
      </div>
      <div id={id} ref={list} role="listbox" aria-label={label} className={styles.options}>
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields.
          <div key={group} role="group" aria-label={group}>
            <p className={styles.group} aria-hidden="true">
              {group}
            </p>
            {shown.filter((command) => command.group === group).map(option)}
          </div>
        ))}
        {shown.length === 0 ? <p className={styles.none}>{words.noMatch}</p> : null}
      </div>
    </div>
  )
}
