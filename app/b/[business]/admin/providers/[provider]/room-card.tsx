import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { venueWords } from '@/components/venue/words'
import { config } from '@/server/core/config'
import type { Draft } from '@/server/forms'
import styles from '../../admin.module.css'
import type { Desk } from '../../desk'

type Props = { desk: Desk; path: string; link: string | null; draft: Draft | null }

/** Where whoever books online meets them. */
export function RoomCard({ desk, path, link, draft }: Props) {
  const words = venueWords[desk.language]
  const without = config().MEETING_BASE_URL ? words.roomOwn : words.roomNone
  return (
    <Card title={words.room} id="room">
      <form method="post" action={`${path}/room`} className={styles.form} noValidate>
        <p className="quiet small">{words.roomUnder}</p>
        <Field
          label={words.roomField}
          hint={without}
          error={draft?.wrong.link ? words.roomWrong : null}
          optional
        >
          {(control) => (
            <Input
              {...control}
              type="url"
              name="link"
              maxLength={1000}
              placeholder="https://"
              defaultValue={draft?.typed.link ?? link ?? ''}
            />
          )}
        </Field>
        <div className={styles.actions}>
          <Button type="submit">{desk.words.save}</Button>
        </div>
      </form>
    </Card>
  )
}
