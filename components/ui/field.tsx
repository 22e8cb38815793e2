import { type ReactNode, useId } from 'react'
import styles from './field.module.css'
import { Triangle } from './icons'
import { Word } from './language'

/** What a control inside a field must carry so that label, hint and error are read with it. */
export type Control = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }

export type FieldText = {
  label: ReactNode
  hint?: ReactNode
  /** Replaces the hint and says what to do. What was typed stays. */
  error?: ReactNode
  optional?: boolean
}

type Props = FieldText & { id?: string; children: (control: Control) => ReactNode }

export function Field({ label, hint, error, optional, id, children }: Props) {
  const made = useId()
  const own = id ?? made
  const below = error || hint ? `${own}-note` : undefined
  return (
    <div className={styles.field}>
      <label htmlFor={own} className={styles.label}>
        {label}
        {optional ? (
          <span className={styles.optional}>
            {' '}
            (<Word of="optional" />)
          </span>
        ) : null}
      </label>
      {children({ id: own, 'aria-describedby': below, 'aria-invalid': error ? true : undefined })}
      <FieldNote id={below} hint={hint} error={error} />
    </div>
  )
}

export function FieldNote({ id, hint, error }: { id?: string; hint?: ReactNode; error?: ReactNode }) {
  if (error)
    return (
      <p id={id} className={styles.error}>
        <Triangle />
        <span>{error}</span>
      </p>
    )
  return hint ? (
    <p id={id} className={styles.hint}>
      {hint}
    </p>
  ) : null
}
