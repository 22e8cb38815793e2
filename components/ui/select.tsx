import type { SelectHTMLAttributes } from 'react'
import { cn } from './class-names'
import styles from './field.module.css'
import { Down } from './icons'

export type Option = { value: string; label: string; disabled?: boolean }
type Props = { options: readonly Option[] } & SelectHTMLAttributes<HTMLSelectElement>

/** The system's own list: right on phones, by keyboard and without script. For long lists there is Combobox. */
export function Select({ options, className, ...rest }: Props) {
  return (
    <span className={styles.joined} data-select="">
      <select {...rest} className={cn(styles.input, styles.select, className)}>
        {options.map(({ value, label, disabled }) => (
          <option key={value} value={value} disabled={disabled}>
            {label}
          </option>
        ))}
      </select>
      <span className={styles.arrow}>
        <Down />
      </span>
    </span>
  )
}
