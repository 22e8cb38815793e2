import { logoWords } from '@/components/business/logo-words'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Note } from '@/components/ui/note'
import type { Draft } from '@/server/forms'
import styles from '../admin.module.css'
import { type Desk, refusalOf } from '../desk'

type Props = { desk: Desk; draft: Draft | null }

/** The business's picture: what visitors see beside its name, on pages and in mails. */
export function LogoForm({ desk, draft }: Props) {
  const { business, language, root, manages } = desk
  const words = logoWords[language]
  const whyNot = manages ? null : desk.words.forbidden
  return (
    <Card title={words.title} id="logo">
      {draft && !draft.wrong.logo ? (
        <Note tone="bad" role="alert">
          {refusalOf(desk, draft)}
        </Note>
      ) : null}
      <form
        method="post"
        action={`${root}/business/logo`}
        encType="multipart/form-data"
        className={styles.form}
      >
        <div className={styles.logo}>
          <Avatar square size="large" name={business.name} image={business.logo} />
          <Field label={words.file} hint={words.hint} error={draft?.wrong.logo ? words.wrong : null}>
            {(control) => (
              <Input {...control} type="file" name="logo" accept="image/png,image/jpeg,image/webp" />
            )}
          </Field>
        </div>
        <div className={styles.actions}>
          <Button type="submit" whyNot={whyNot}>
            {words.save}
          </Button>
          {business.logo && manages ? (
            <Button type="submit" tone="quiet" name="remove" value="1">
              {words.remove}
            </Button>
          ) : null}
        </div>
      </form>
    </Card>
  )
}
