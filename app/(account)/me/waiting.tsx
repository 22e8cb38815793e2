import { ownWords } from '@/components/appointment/own-words'
import { waitingWords } from '@/components/appointment/waiting-words'
import { wishInWords } from '@/components/appointment/wish-in-words'
import { Card, List, ListItem } from '@/components/ui/card'
import { StatusBadge } from '@/components/ui/status-badge'
import type { listOwnEntries } from '@/server/booking/waitlist/list-own'
import type { Language } from '@/server/request'

type Props = {
  entries: Awaited<ReturnType<typeof listOwnEntries.execute>>['entries']
  language: Language
  locale: string
  zone: string | undefined
}

/** What somebody waits for, with what is kept for them meanwhile. Nothing where they wait for nothing. */
export function Waiting({ entries, language, locale, zone }: Props) {
  const words = ownWords[language]
  if (entries.length === 0) return null
  const moment = (timeZone: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  return (
    <Card title={words.waiting} flush>
      <List label={words.waiting}>
        {entries.map(({ id, token, status, wish, offer, service, business }) => (
          <ListItem
            key={id}
            href={`/waitlist/${id}?${new URLSearchParams({ token })}`}
            title={service}
            after={<StatusBadge noun="waitlist" status={status === 'offered' ? 'offered' : 'waitlisted'} />}
          >
            <span>{wishInWords(wish, waitingWords[language], locale, business.timeZone)}</span>
            {status === 'offered' && offer ? (
              <strong>
                {words.offered(moment(zone ?? business.timeZone).format(Date.parse(offer.expiresAt)))}
              </strong>
            ) : null}
            <span className="quiet small">{words.waitingFor(business.name)}</span>
          </ListItem>
        ))}
      </List>
    </Card>
  )
}
