import { placesOf } from '@/components/shell/places'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { Card, List, ListItem } from '@/components/ui/card'
import { Plus } from '@/components/ui/icons'
import styles from '@/components/user/user.module.css'
import type { UserWords } from '@/components/user/words'
import type { listOwnMemberships } from '@/server/auth/membership/queries'

type Memberships = Awaited<ReturnType<typeof listOwnMemberships.execute>>['memberships']
type Props = {
  memberships: Memberships
  words: UserWords
}

/** A client of a business does not work there. */
export const worksIn = (memberships: Memberships) => memberships.filter(({ role }) => role !== 'client')

/** Where somebody works, and as what; or the way to a business of their own. */
export function Businesses({ memberships, words }: Props) {
  const places = [...Map.groupBy(worksIn(memberships), (m) => m.businessId)]
  const open = (
    <Button href="/start" size="small" icon={<Plus />}>
      {words.me.open}
    </Button>
  )
  if (places.length === 0)
    return (
      <Card title={words.me.businesses} aside={open} flush>
        <p className={styles.empty}>{words.me.noneWords}</p>
      </Card>
    )
  return (
    <Card title={words.me.businesses} aside={open} flush>
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
    </Card>
  )
}
