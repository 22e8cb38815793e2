import { Checkbox } from '@/components/ui/choice'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { weekdayCodes } from '@/server/scheduling/series/model-rule'
import type { ClassWords } from './class-words'
import { weekdayName } from './repeat-words'
import styles from './series.module.css'

type Choice = keyof ClassWords['choices']
type Props = {
  words: ClassWords
  locale: string
  choices: readonly Choice[]
  /** What was typed, by the field's name. */
  typed: Readonly<Record<string, string | undefined>>
  wrong: Readonly<Record<string, string | undefined>>
  /** How it repeats now, where that can be kept. */
  now?: string
}

/** How a class repeats: by day, week or month, every so often, until an end. */
export function RepeatFields({ words, locale, choices, typed, wrong, now }: Props) {
  const { fields } = words
  const labelOf = (value: Choice) =>
    value === 'keep' && now ? `${words.choices.keep}: ${now}` : words.choices[value]
  return (
    <div className={styles.repeat}>
      <div className={styles.line}>
        <Field label={fields.repeat}>
          {(control) => (
            <Select
              {...control}
              name="repeat"
              defaultValue={typed.repeat ?? choices[0]}
              options={choices.map((value) => ({ value, label: labelOf(value) }))}
            />
          )}
        </Field>
        <div className={styles.when}>
          <Field label={fields.every} error={wrong.every}>
            {(control) => (
              <Input
                {...control}
                name="every"
                inputMode="numeric"
                maxLength={2}
                defaultValue={typed.every ?? '1'}
                after={(['daily', 'weekly', 'monthly'] as const).map((unit) => (
                  <span key={unit} data-unit={unit}>
                    {fields.units[unit]}
                  </span>
                ))}
              />
            )}
          </Field>
        </div>
      </div>
      <fieldset className={`${styles.group} ${styles.weekly}`}>
        <legend>{fields.on}</legend>
        <div className={styles.days}>
          {weekdayCodes.map((code) => (
            <Checkbox
              key={code}
              name={`on-${code}`}
              label={weekdayName(code, locale)}
              defaultChecked={Boolean(typed[`on-${code}`])}
            />
          ))}
        </div>
      </fieldset>
      <div className={`${styles.line} ${styles.when}`}>
        <Field label={fields.end}>
          {(control) => (
            <Select
              {...control}
              name="end"
              defaultValue={typed.end ?? 'never'}
              options={(['never', 'on', 'after'] as const).map((value) => ({
                value,
                label: words.ends[value],
              }))}
            />
          )}
        </Field>
        <div className={styles.until}>
          <Field label={fields.until} error={wrong.until}>
            {(control) => <Input {...control} name="until" type="date" defaultValue={typed.until} />}
          </Field>
        </div>
        <div className={styles.count}>
          <Field label={fields.count} error={wrong.times}>
            {(control) => (
              <Input {...control} name="times" inputMode="numeric" maxLength={3} defaultValue={typed.times} />
            )}
          </Field>
        </div>
      </div>
    </div>
  )
}
