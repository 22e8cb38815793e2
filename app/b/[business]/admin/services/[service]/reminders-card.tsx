import { templateWords } from '@/components/message/template-words'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/choice'
import { reminderChoices } from '@/server/business/service/model'
import styles from '../../admin.module.css'
import type { Desk } from '../../desk'

type Props = { desk: Desk; serviceId: string; hours: readonly number[]; open: boolean }

/** When whoever booked is reminded; never where nothing is ticked. */
export function RemindersCard({ desk, serviceId, hours, open }: Props) {
  const { reminders } = templateWords[desk.language]
  return (
    <Card title={reminders.title} id="reminders">
      <form method="post" action={`${desk.root}/services/${serviceId}/reminders`} className={styles.form}>
        <fieldset className={styles.group}>
          <legend className="quiet small">{reminders.under}</legend>
          {reminderChoices.map((n) => (
            <Checkbox
              key={n}
              name={`hours-${n}`}
              label={reminders.hours[n]}
              defaultChecked={hours.includes(n)}
            />
          ))}
        </fieldset>
        <div className={styles.actions}>
          <Button type="submit" whyNot={open ? null : desk.words.forbidden}>
            {desk.words.save}
          </Button>
        </div>
      </form>
    </Card>
  )
}
