import type { InputHTMLAttributes, ReactNode, Ref, TextareaHTMLAttributes } from 'react'
import { cn } from './class-names'
import styles from './field.module.css'

type Props = InputHTMLAttributes<HTMLInputElement> & {
  ref?: Ref<HTMLInputElement>
  /** Stands in the field before what is typed: an icon, a currency, the fixed start of an address. */
  before?: ReactNode
  after?: ReactNode
}

export function Input({ before, after, className, ...rest }: Props) {
  const input = <input {...rest} className={cn(styles.input, className)} />
  if (!before && !after) return input
  return (
    <span className={styles.joined}>
      {before ? <span className={styles.beside}>{before}</span> : null}
      {input}
      {after ? <span className={styles.beside}>{after}</span> : null}
    </span>
  )
}

export function Textarea({ className, ...rest }: TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return <textarea rows={3} {...rest} className={cn(styles.input, styles.area, className)} />
}
