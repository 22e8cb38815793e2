import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'

type Props = {
  name: string
  id?: string
  label: string
  type?: 'text' | 'email' | 'password'
  autoComplete: string
  value?: string
  hint?: string
  error?: string
  optional?: boolean
}

/** A line of a form, with what is wrong with it. */
export function TextField({
  name,
  id = name,
  label,
  type = 'text',
  autoComplete,
  value,
  hint,
  error,
  optional,
}: Props) {
  return (
    <Field label={label} hint={hint} error={error} id={id}>
      {(control) => (
        <Input
          {...control}
          name={name}
          type={type}
          autoComplete={autoComplete}
          defaultValue={value}
          required={!optional}
          maxLength={type === 'password' ? 128 : 254}
          {...(type === 'text' ? {} : { autoCapitalize: 'none', spellCheck: false })}
        />
      )}
    </Field>
  )
}
