import { decideWords } from '@/components/appointment/decide-words'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/choice'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import type { BookingRules } from '@/server/business/service/model'
import { questionKinds } from '@/server/business/service/model-questions'
import type { Draft } from '@/server/forms'
import styles from '../../admin.module.css'
import type { Desk } from '../../desk'
import { Line } from '../../parts'

type Props = { desk: Desk; serviceId: string; rules: BookingRules; draft: Draft | null; open: boolean }

/** What a booking has to go through: somebody's yes, and questions. Two empty rows stand ready; saving makes more. */
export function BookingRulesCard({ desk, serviceId, rules, draft, open }: Props) {
  const { root, language, words: admin } = desk
  const words = decideWords[language]
  const nothing = { label: '', kind: 'text' as const, options: [], required: false }
  const typed = draft?.typed
  return (
    <Card title={words.rules} id="rules">
      <form method="post" action={`${root}/services/${serviceId}/rules`} className={styles.form} noValidate>
        <Checkbox
          name="requiresApproval"
          label={words.needsApproval}
          hint={words.needsApprovalHint}
          defaultChecked={typed ? typed.requiresApproval === 'on' : rules.requiresApproval}
        />
        <div className={styles.grid}>
          <Line
            name="decideWithinHours"
            label={words.decideHours}
            value={rules.decideWithinHours}
            draft={draft}
            numeric
            max={3}
          />
        </div>
        <fieldset className={styles.group}>
          <legend>{words.questions}</legend>
          <p className="quiet small">{words.questionsHint}</p>
          {[...rules.questions, nothing, nothing].slice(0, 20).map((q, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a question is known by its place.
            <div className={styles.question} key={n}>
              <Line name={`label-${n}`} label={words.question} value={q.label} draft={draft} />
              <Field label={words.kind}>
                {(control) => (
                  <Select
                    {...control}
                    name={`kind-${n}`}
                    defaultValue={typed?.[`kind-${n}`] ?? q.kind}
                    options={questionKinds.map((kind) => ({ value: kind, label: words.kinds[kind] }))}
                  />
                )}
              </Field>
              <Field label={words.options} optional error={draft?.wrong[`questions.${n}.options`]}>
                {(control) => (
                  <Input
                    {...control}
                    name={`options-${n}`}
                    defaultValue={typed?.[`options-${n}`] ?? q.options.join(', ')}
                    maxLength={1000}
                  />
                )}
              </Field>
              <Checkbox
                name={`required-${n}`}
                label={words.required}
                defaultChecked={typed ? typed[`required-${n}`] === 'on' : q.required}
              />
            </div>
          ))}
        </fieldset>
        <div className={styles.actions}>
          <Button type="submit" whyNot={open ? null : admin.forbidden}>
            {admin.save}
          </Button>
        </div>
      </form>
    </Card>
  )
}
