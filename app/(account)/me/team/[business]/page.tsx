import { titled } from '@/app/around'
import { Button } from '@/components/ui/button'
import { Card, List, ListItem } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Note } from '@/components/ui/note'
import { Once } from '@/components/ui/once'
import { Select } from '@/components/ui/select'
import { Frame } from '@/components/user/frame'
import { SectionForm } from '@/components/user/section-form'
import { TextField } from '@/components/user/text-field'
import styles from '@/components/user/user.module.css'
import { userWords } from '@/components/user/words'
import { listInvitations } from '@/server/auth/invitation/queries'
import { listTeam } from '@/server/auth/membership/list-team'
import { roles } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { mustBeSignedIn, type Params, placeOf } from '../../../place'
import { houseOf } from './house'
import { Members } from './members'

type Props = { params: Promise<{ business: string }>; searchParams: Params }

export const generateMetadata = titled(userWords, (words) => words.team.title)

/** Who works in a business, who was asked to, and asking somebody. */
export default async function TeamPage({ params, searchParams }: Props) {
  const [{ business: slug }, place] = [await params, await placeOf(searchParams, 'invite')]
  const { words, language, locale, one } = place
  const path = `/me/team/${slug}`
  const { who } = await mustBeSignedIn(place.headers, path)
  const call = newCall(who.actor)
  const house = await houseOf(slug, call, one('done') === 'revoke' ? '/me' : undefined)
  const { businessId } = house
  const q = one('q')?.trim().slice(0, 100) ?? ''
  const [team, { invitations }] = await Promise.all([
    listTeam.execute({ businessId, q, after: afterOf(one('after'), one('id')) }, call),
    listInvitations.execute({ businessId }, call),
  ])
  const offered = roles.filter((role) => role !== 'client' && (role !== 'owner' || house.owns))
  const on = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  const [withdrawing, revoking] = [place.of('withdraw'), place.of('revoke')]
  return (
    <Frame language={language} title={`${words.team.title}, ${house.name}`} wide>
      <Card title={words.team.invite}>
        <SectionForm
          action={`${path}/invite`}
          button={words.team.send}
          tone="primary"
          refused={place.refused}
          done={one('done') === 'invite' && !place.refused ? words.team.sent : null}
        >
          <Once />
          <p className="quiet">{words.team.inviteWords}</p>
          <TextField
            name="email"
            label={words.email}
            type="email"
            autoComplete="off"
            value={place.value('email')}
            error={place.wrong('email')}
          />
          <Field label={words.team.role} error={place.wrong('role')}>
            {(control) => (
              <Select
                {...control}
                name="role"
                defaultValue={place.value('role') ?? 'provider'}
                options={offered.map((role) => ({ value: role, label: words.roles[role] ?? role }))}
              />
            )}
          </Field>
        </SectionForm>
      </Card>
      <Card title={words.team.open} flush>
        {withdrawing.refused || one('done') === 'withdraw' ? (
          <div className={styles.above}>
            <Note tone={withdrawing.refused ? 'bad' : 'good'} role="status">
              {withdrawing.refused ?? words.team.withdrawn}
            </Note>
          </div>
        ) : null}
        {invitations.length === 0 ? (
          <p className={styles.empty}>{words.team.nobody}</p>
        ) : (
          <List label={words.team.open}>
            {invitations.map(({ id, email, role, expiresAt }) => (
              <ListItem
                key={id}
                title={email}
                after={
                  <form method="post" action={`${path}/withdraw`} className={styles.inline}>
                    <Once />
                    <input type="hidden" name="invitationId" value={id} />
                    <Button type="submit" size="small" aria-label={`${words.team.withdraw}: ${email}`}>
                      {words.team.withdraw}
                    </Button>
                  </form>
                }
              >
                <span className="quiet small">
                  {words.roles[role] ?? role}, {words.team.until(on.format(new Date(expiresAt)))}
                </span>
              </ListItem>
            ))}
          </List>
        )}
      </Card>
      <Members
        team={team}
        words={words}
        path={path}
        q={q}
        self={who.actor.userId}
        owns={house.owns}
        said={{ refused: revoking.refused, done: one('done') === 'revoke' }}
      />
    </Frame>
  )
}

const afterOf = (name: string | null, id: string | null) =>
  name !== null && id && /^[0-9a-f-]{36}$/i.test(id) ? { name: name.slice(0, 200), id } : undefined
