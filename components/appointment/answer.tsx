import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'

type Props = {
  question: {
    label: string
    kind: 'text' | 'choice' | 'yes_no'
    options: readonly string[]
    required: boolean
  }
  name: string
  given?: string
  missing?: boolean
  words: { yes: string; no: string; choose: string; answerMissing: string }
}

/** One question of a service, as it is asked of whoever books. */
export function Answer({ question, name, given, missing, words }: Props) {
  const { label, kind, options, required } = question
  const choices =
    kind === 'yes_no'
      ? [
          { value: 'yes', label: words.yes },
          { value: 'no', label: words.no },
        ]
      : options.map((value) => ({ value, label: value }))
  return (
    <Field label={label} error={missing ? words.answerMissing : null} optional={!required}>
      {(control) =>
        kind === 'text' ? (
          <Input {...control} name={name} defaultValue={given} maxLength={2000} required={required} />
        ) : (
          <Select
            {...control}
            name={name}
            defaultValue={given ?? ''}
            required={required}
            options={[{ value: '', label: words.choose }, ...choices]}
          />
        )
      }
    </Field>
  )
}
