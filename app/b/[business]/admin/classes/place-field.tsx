import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import type { Choices } from '../places/choices'

type Props = { choices: Choices; value: string | null | undefined; wrong: string | undefined }

/** Where a class, or a booking outside the hours, is: only where there is anything to choose. */
export function PlaceField({ choices, value, wrong }: Props) {
  const { words, options, hasVenues } = choices
  if (!hasVenues && !value && !wrong) return null
  return (
    <Field label={words.place} error={wrong ? words.notThere : null}>
      {(control) => (
        <Select {...control} name="place" defaultValue={value ?? ''} options={options(words.asUsual)} />
      )}
    </Field>
  )
}
