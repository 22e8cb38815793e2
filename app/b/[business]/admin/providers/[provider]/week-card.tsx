import { WeekFields } from '@/components/provider/week-fields'
import { Card } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import type { Draft } from '@/server/forms'
import { weekFrom } from '@/server/scheduling/calendar/model-entry'
import { placesNamed, type Rules } from '@/server/scheduling/calendar/model-rules'
import { previewRules } from '@/server/scheduling/calendar/preview-rules'
import styles from '../../admin.module.css'
import type { Desk } from '../../desk'
import { ImpactAndSave, lookedAt, lookOr } from '../../impact'
import { choicesFor, perStretch } from '../../places/choices'

type Props = {
  desk: Desk
  path: string
  providerId: string
  rules: Rules
  given: Record<string, string | undefined>
  draft: Draft | null
}

/** The usual week, and what another one would bring about. */
export async function WeekCard({ desk, path, providerId, rules, given, draft }: Props) {
  const { businessId, call, words, language } = desk
  const looked = lookedAt('week', given, draft)
  const { weekly, wrong } = weekFrom((name) => looked?.typed[name] ?? null)
  const choices = await choicesFor(desk, placesNamed({ weekly: rules.weekly, place: rules.place }))
  const place = looked?.typed.place || null
  const { impact } =
    looked && wrong.length === 0
      ? await lookOr(desk, previewRules.execute({ businessId, providerId, change: { weekly, place } }, call))
      : { impact: null }
  const unclear = wrong.map((day) => [`day-${day}`, words.errors.day ?? day])
  return (
    <Card title={words.fields.hours} id="hours">
      <form method="post" action={`${path}/week`} className={styles.form} noValidate>
        <p className="quiet small">{words.fields.hoursUnder(rules.timeZone.replaceAll('_', ' '))}</p>
        <Field label={choices.words.usual} hint={choices.words.usualHint}>
          {(control) => (
            <Select
              {...control}
              name="place"
              defaultValue={looked?.typed.place ?? rules.place ?? ''}
              options={choices.options(choices.words.notSaid)}
            />
          )}
        </Field>
        <WeekFields
          places={perStretch(choices)}
          language={language}
          weekly={rules.weekly}
          typed={looked?.typed}
          wrong={looked && !looked.isTyping ? Object.fromEntries(unclear) : undefined}
        />
        <ImpactAndSave name="week" at={path} {...{ desk, impact, looked }} />
      </form>
    </Card>
  )
}
