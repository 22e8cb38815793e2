import { type InputHTMLAttributes, type ReactNode, useId } from 'react'
import styles from './choice.module.css'
import { FieldNote } from './field'

type Props = {
  label: ReactNode
  hint?: ReactNode
  error?: ReactNode
} & Omit<InputHTMLAttributes<HTMLInputElement>, 'type'>

function Choice({ label, hint, error, kind, ...rest }: Props & { kind: 'checkbox' | 'radio' | 'switch' }) {
  const id = useId()
  const below = hint || error ? `${id}-note` : undefined
  return (
    <div className={styles.choice} data-kind={kind}>
      <input
        id={id}
        {...rest}
        type={kind === 'radio' ? 'radio' : 'checkbox'}
        role={kind === 'switch' ? 'switch' : undefined}
        aria-describedby={below}
        aria-invalid={error ? true : undefined}
      />
      <label htmlFor={rest.id ?? id}>{label}</label>
      <div className={styles.note}>
        <FieldNote id={below} hint={hint} error={error} />
      </div>
    </div>
  )
}

export const Checkbox = (props: Props) => <Choice {...props} kind="checkbox" />
/** For what takes effect at once. What is saved with a form is a checkbox. */
export const Switch = (props: Props) => <Choice {...props} kind="switch" />

type RadioGroupProps = {
  legend: ReactNode
  name: string
  options: readonly { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean }[]
  defaultValue?: string
  value?: string
  onChange?: (value: string) => void
  error?: ReactNode
}

export function RadioGroup({ legend, name, options, defaultValue, value, onChange, error }: RadioGroupProps) {
  const note = useId()
  return (
    <fieldset className={styles.group} aria-describedby={error ? note : undefined}>
      <legend>{legend}</legend>
      {options.map((option) => (
        <Choice
          key={option.value}
          kind="radio"
          name={name}
          value={option.value}
          label={option.label}
          hint={option.hint}
          disabled={option.disabled}
          defaultChecked={defaultValue === undefined ? undefined : option.value === defaultValue}
          checked={value === undefined ? undefined : option.value === value}
          onChange={onChange ? () => onChange(option.value) : undefined}
        />
      ))}
      <FieldNote id={note} error={error} />
    </fieldset>
  )
}
