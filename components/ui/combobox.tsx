'use client'

import { useId, useRef, useState } from 'react'
import { useActiveOption } from './active-option'
import type { Control } from './field'
import styles from './floating.module.css'
import { IconButton } from './icon-button'
import { Close } from './icons'
import { Input } from './input'
import { useWords } from './language'
import { ranked } from './search-rank'

export type Choice = { value: string; label: string; hint?: string }
type Props = {
  control?: Control
  /** Sent with a form: the value of what is chosen. */
  name?: string
  options: readonly Choice[]
  value: string | null
  onChange: (value: string | null) => void
  placeholder?: string
  disabled?: boolean
  /** For lists that a server searches: called with what is typed; options are then shown as given. */
  onType?: (typed: string) => void
  loading?: boolean
}

const most = 60

/** A field that finds in a long list: time zones, people, places. */
export function Combobox(props: Props) {
  const { control, name, options, value, onChange, placeholder, disabled, onType, loading } = props
  const words = useWords()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState<string>()
  const [open, setOpen] = useState(false)
  const chosen = options.find((option) => option.value === value)
  const found = onType || !typed ? options : ranked(options, typed, (o) => `${o.label} ${o.hint ?? ''}`)
  const shown = found.slice(0, most)
  const { active, setActive, list, onKey } = useActiveOption(shown.length, (index) => choose(shown[index]))

  function choose(option?: Choice) {
    if (option) onChange(option.value)
    close()
  }
  function close() {
    setOpen(false)
    setTyped(undefined)
    setActive(0)
  }
  function show() {
    setOpen(true)
    setActive(
      Math.max(
        0,
        shown.findIndex((option) => option.value === value),
      ),
    )
  }
  return (
    <div className={styles.combobox}>
      <Input
        {...control}
        ref={input}
        role="combobox"
        autoComplete="off"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-autocomplete="list"
        aria-activedescendant={open && shown.length > 0 ? `${id}-${active}` : undefined}
        placeholder={placeholder}
        disabled={disabled}
        value={typed ?? chosen?.label ?? ''}
        onClick={show}
        onChange={(event) => {
          setTyped(event.target.value)
          setOpen(true)
          setActive(0)
          onType?.(event.target.value)
        }}
        onKeyDown={(event) => {
          if (!open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
            event.preventDefault()
            show()
          } else if (open && event.key === 'Escape') {
            event.preventDefault()
            event.stopPropagation()
            close()
          } else if (open) onKey(event)
        }}
        onBlur={close}
      />
      {value && !disabled ? (
        <span className={styles.clear}>
          <IconButton
            label={words.clear}
            icon={<Close />}
            size="small"
            onClick={() => {
              onChange(null)
              input.current?.focus()
            }}
          />
        </span>
      ) : null}
      {name ? <input type="hidden" name={name} value={value ?? ''} /> : null}
      {open ? (
        <div
          id={id}
          ref={list}
          role="listbox"
          className={`${styles.floating} ${styles.list}`}
          data-kind="list"
        >
          {shown.map((option, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option.
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys.
            <div
              key={option.value}
              id={`${id}-${index}`}
              role="option"
              aria-selected={option.value === value}
              data-active={index === active || undefined}
              className={styles.item}
              onPointerDown={(event) => event.preventDefault()}
              onPointerMove={() => setActive(index)}
              onClick={() => choose(option)}
            >
              <span className={styles.words}>{option.label}</span>
              {option.hint ? <span className={styles.hint}>{option.hint}</span> : null}
            </div>
          ))}
          {shown.length === 0 ? (
            <p className={styles.none}>{loading ? words.loading : words.noMatch}</p>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}
