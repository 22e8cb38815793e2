import { titled } from '@/app/around'
import { preferenceWords } from '@/components/preference/words'
import { placesOf } from '@/components/shell/places'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { Card, List, ListItem } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Calendar, Person, Plus, Tray } from '@/components/ui/icons'
import { Frame } from '@/components/user/frame'
import { userWords } from '@/components/user/words'
import { listOwnMemberships } from '@/server/auth/membership/queries'
import { newCall } from '@/server/core/command'
import { mustBeSignedIn, type Params, placeOf } from '../place'

export const generateMetadata = titled(userWords, (words) => words.me.businesses)

/** Where a person goes on from: the businesses they work in, and as what. */
export default async function MePage({ searchParams }: { searchParams: Params }) {
  const { words, language, headers } = await placeOf(searchParams, 'me')
  const { who, person } = await mustBeSignedIn(headers, '/me')
  const { memberships } = await listOwnMemberships.execute({}, newCall(who.actor))
  const places = [...Map.groupBy(memberships, (m) => m.businessId)]
  return (
    <Frame language={language} title={words.me.title(person.name)} wide>
      <Card
        title={words.me.businesses}
        aside={
          places.length > 0 ? (
            <Button href="/start" size="small" icon={<Plus />}>
              {words.me.open}
            </Button>
          ) : null
        }
        flush
      >
        {places.length === 0 ? (
          <EmptyState
            icon={Calendar}
            title={words.me.none}
            action={
              <Button href="/start" tone="primary" icon={<Plus />}>
                {words.me.open}
              </Button>
            }
          >
            {words.me.noneWords}
          </EmptyState>
        ) : (
          <List label={words.me.businesses}>
            {places.map(([businessId, held]) => {
              const { name, slug } = held[0]?.business ?? { name: '', slug: '' }
              const [desk] = placesOf([{ name, slug, roles: held.map(({ role }) => role) }])
              const runs = held.some(({ role }) => role === 'owner' || role === 'admin')
              return (
                <ListItem
                  key={businessId}
                  href={desk?.href ?? `/b/${slug}`}
                  before={<Avatar square name={name} />}
                  title={name}
                  after={runs ? <a href={`/me/team/${slug}`}>{words.me.team}</a> : null}
                >
                  <span className="quiet small">
                    {held.map(({ role }) => words.roles[role] ?? role).join(', ')}
                  </span>
                </ListItem>
              )
            })}
          </List>
        )}
      </Card>
      <List alone>
        <ListItem href="/me/inbox" before={<Tray />} title={preferenceWords[language].inbox}>
          <span className="quiet small">{preferenceWords[language].inboxUnder}</span>
        </ListItem>
        <ListItem href="/me/account" before={<Person />} title={words.me.account}>
          <span className="quiet small">{words.me.accountWords}</span>
        </ListItem>
      </List>
    </Frame>
  )
}
