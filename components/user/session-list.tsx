import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { List, ListItem } from '@/components/ui/card'
import { RingCheck } from '@/components/ui/icons'
import { browserName } from './browser-name'
import styles from './user.module.css'
import type { UserWords } from './words'

export type Session = {
  id: string
  address: string | null
  browser: string | null
  createdAt: string
  current: boolean
}

type Props = { sessions: readonly Session[]; words: UserWords['account']; locale: string; zone?: string }

export function SessionList({ sessions, words, locale, zone }: Props) {
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone })
  return (
    <List label={words.sessions}>
      {sessions.map(({ id, address, browser, createdAt, current }) => {
        const name = browserName(browser) ?? words.unknownBrowser
        return (
          <ListItem
            key={id}
            title={name}
            after={
              current ? (
                <Badge tone="good" icon={RingCheck}>
                  {words.thisOne}
                </Badge>
              ) : (
                <form method="post" action="/me/account/end-session" className={styles.inline}>
                  <input type="hidden" name="sessionId" value={id} />
                  <Button type="submit" size="small" aria-label={`${words.end}: ${name}`}>
                    {words.end}
                  </Button>
                </form>
              )
            }
          >
            <span className="quiet small">
              {words.since(when.format(new Date(createdAt)))}
              {address ? `, ${words.from(address)}` : ''}
            </span>
          </ListItem>
        )
      })}
    </List>
  )
}
