import { Button } from '@/components/ui/button'
import { List, ListItem } from '@/components/ui/card'
import { Key } from '@/components/ui/icons'
import styles from './user.module.css'
import type { UserWords } from './words'

type Passkey = { id: string; name: string | null; createdAt: string | null }
type Props = { passkeys: readonly Passkey[]; words: UserWords['account']; locale: string }

export function PasskeyList({ passkeys, words, locale }: Props) {
  if (passkeys.length === 0) return <p>{words.noPasskeys}</p>
  const on = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  return (
    <List alone label={words.passkeys}>
      {passkeys.map(({ id, name, createdAt }) => (
        <ListItem
          key={id}
          before={<Key />}
          title={name ?? words.passkeys}
          after={
            <form method="post" action="/me/account/remove-passkey" className={styles.inline}>
              <input type="hidden" name="id" value={id} />
              <Button type="submit" size="small" aria-label={`${words.remove}: ${name ?? ''}`}>
                {words.remove}
              </Button>
            </form>
          }
        >
          {createdAt ? (
            <span className="quiet small">{words.since(on.format(new Date(createdAt)))}</span>
          ) : null}
        </ListItem>
      ))}
    </List>
  )
}
