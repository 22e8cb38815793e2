import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { Card, List, ListItem } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Search } from '@/components/ui/icons'
import { Input } from '@/components/ui/input'
import { Note } from '@/components/ui/note'
import { Once } from '@/components/ui/once'
import styles from '@/components/user/user.module.css'
import type { UserWords } from '@/components/user/words'
import type { listTeam } from '@/server/auth/membership/list-team'

type Team = Awaited<ReturnType<typeof listTeam.execute>>
type Props = {
  team: Team
  words: UserWords
  path: string
  q: string
  self: string
  /** Only owners end what owners are. */
  owns: boolean
  said: { refused?: string | false | null; done: boolean }
}

/** Who works here: found by name, a page at a time, each role with the way to end it. */
export function Members({ team, words, path, q, self, owns, said }: Props) {
  const { people, after } = team
  const next = after && new URLSearchParams({ ...(q ? { q } : {}), after: after.name, id: after.id })
  return (
    <Card title={words.team.members} id="members" flush>
      {said.refused || said.done ? (
        <div className={styles.above}>
          <Note tone={said.refused ? 'bad' : 'good'} role={said.refused ? 'alert' : 'status'}>
            {said.refused || words.team.revoked}
          </Note>
        </div>
      ) : null}
      {q || next || people.length > 8 ? (
        <search className={styles.above}>
          <form method="get" action={`${path}#members`} className={styles.find}>
            <Input type="search" name="q" defaultValue={q} maxLength={100} aria-label={words.name} />
            <Button type="submit" icon={<Search />}>
              {words.team.search}
            </Button>
          </form>
        </search>
      ) : null}
      {people.length === 0 ? (
        <EmptyState
          icon={Search}
          title={words.team.noMatch}
          action={<Button href={path}>{words.team.all}</Button>}
        />
      ) : (
        <List label={words.team.members}>
          {people.map(({ userId, name, roles }) => (
            <ListItem
              key={userId}
              before={<Avatar name={name} />}
              title={`${name || '–'}${userId === self ? ` (${words.team.you})` : ''}`}
            >
              {roles.map(({ membershipId, role }) => (
                <span key={membershipId} className="row quiet small">
                  {words.roles[role] ?? role}
                  {role === 'owner' && !owns ? null : (
                    <form method="post" action={`${path}/revoke`} className={styles.inline}>
                      <Once />
                      <input type="hidden" name="membershipId" value={membershipId} />
                      <Button
                        type="submit"
                        tone="quiet"
                        size="small"
                        aria-label={`${words.team.revoke}: ${name}, ${words.roles[role] ?? role}`}
                      >
                        {words.team.revoke}
                      </Button>
                    </form>
                  )}
                </span>
              ))}
            </ListItem>
          ))}
        </List>
      )}
      {next ? (
        <div className={styles.below}>
          <Button href={`${path}?${next}#members`}>{words.team.more}</Button>
        </div>
      ) : null}
    </Card>
  )
}
