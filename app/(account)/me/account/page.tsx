import { titled } from '@/app/around'
import { preferenceWords } from '@/components/preference/words'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card, List, ListItem } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Clock, Download, Mail, RingCheck } from '@/components/ui/icons'
import { Note } from '@/components/ui/note'
import { Select } from '@/components/ui/select'
import { AddPasskey } from '@/components/user/add-passkey'
import { OwnFrame } from '@/components/user/own-frame'
import { PasskeyList } from '@/components/user/passkey-list'
import { SectionForm } from '@/components/user/section-form'
import { SessionList } from '@/components/user/session-list'
import { TextField } from '@/components/user/text-field'
import styles from '@/components/user/user.module.css'
import { userWords } from '@/components/user/words'
import { listPasskeys, listSessions, passwordHashOf } from '@/server/auth/user/queries'
import { mustBeSignedIn, type Params, placeOf } from '../../place'

export const generateMetadata = titled(userWords, (words) => words.account.title)

const languages = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
]

export default async function AccountPage({ searchParams }: { searchParams: Params }) {
  const place = await placeOf(searchParams, 'account-profile')
  const { words: all, language, locale, one } = place
  const words = all.account
  const { who, person } = await mustBeSignedIn(place.headers, '/me/account')
  const { userId } = who.actor
  const [sessions, hash, passkeys] = await Promise.all([
    listSessions(who),
    passwordHashOf(userId),
    listPasskeys(userId),
  ])
  const done = one('done')
  const said = (action: string, text: string) =>
    done === action && !place.of(`account-${action}`).refused ? text : null
  const [verify, address, password, ending] = ['verify', 'address', 'password', 'end-session'].map((action) =>
    place.of(`account-${action}`),
  ) as [Typed, Typed, Typed, Typed]
  return (
    <OwnFrame language={language} title={words.title}>
      <Card title={words.profile} id="profile">
        <SectionForm
          action="/me/account/profile"
          button={words.save}
          refused={place.refused}
          done={said('profile', words.saved)}
        >
          <TextField
            name="name"
            label={all.name}
            autoComplete="name"
            value={place.value('name') ?? person.name}
            error={place.wrong('name')}
          />
          <Field label={words.language}>
            {(control) => (
              <Select
                {...control}
                name="language"
                options={languages}
                defaultValue={person.language ?? language}
              />
            )}
          </Field>
          <Field label={words.zone}>
            {(control) => (
              <Select
                {...control}
                name="timeZone"
                options={zones()}
                defaultValue={person.timeZone ?? place.zone ?? ''}
              />
            )}
          </Field>
        </SectionForm>
      </Card>
      <Card
        title={words.address}
        id="address"
        aside={
          person.emailVerified ? (
            <Badge tone="good" icon={RingCheck}>
              {words.verified}
            </Badge>
          ) : (
            <Badge tone="warn" icon={Clock}>
              {words.unverified}
            </Badge>
          )
        }
      >
        <p>{person.email}</p>
        {person.emailVerified ? null : (
          <SectionForm
            action="/me/account/verify"
            button={words.verify}
            refused={verify.refused}
            done={said('verify', words.verifySent)}
          />
        )}
        <SectionForm
          action="/me/account/address"
          button={words.changeAddress}
          refused={address.refused}
          done={said('address', words.addressSent)}
        >
          <TextField
            name="email"
            label={words.newAddress}
            type="email"
            autoComplete="email"
            value={address.value('email')}
            error={address.wrong('email')}
          />
          {hash ? (
            <TextField
              name="currentPassword"
              label={all.currentPassword}
              type="password"
              autoComplete="current-password"
              error={address.wrong('password', 'currentPassword')}
            />
          ) : null}
        </SectionForm>
      </Card>
      <Card title={words.password} id="password">
        {hash ? (
          <SectionForm
            action="/me/account/password"
            button={words.changePassword}
            refused={password.refused}
            done={said('password', words.passwordChanged)}
          >
            <TextField
              name="currentPassword"
              id="password-current"
              label={all.currentPassword}
              type="password"
              autoComplete="current-password"
              error={password.wrong('currentPassword')}
            />
            <TextField
              name="newPassword"
              label={all.newPassword}
              type="password"
              autoComplete="new-password"
              hint={all.passwordHint}
              error={password.wrong('newPassword')}
            />
          </SectionForm>
        ) : (
          <p>
            {words.noPassword} <a href="/forgot-password">{all.reset.title}</a>
          </p>
        )}
      </Card>
      <Card title={words.passkeys} id="passkeys">
        <p className="quiet">{words.passkeysWords}</p>
        {done === 'remove-passkey' ? (
          <Note tone="good" role="status">
            {words.passkeyRemoved}
          </Note>
        ) : null}
        <PasskeyList passkeys={passkeys} words={words} locale={locale} />
        <AddPasskey add={words.addPasskey} failed={words.passkeyFailed} tooOld={words.signInAgain} />
      </Card>
      <Card title={words.sessions} id="sessions" flush>
        {ending.refused || done === 'end-session' || done === 'end-others' ? (
          <div className={styles.above}>
            <Note tone={ending.refused ? 'bad' : 'good'} role="status">
              {ending.refused ?? words.ended}
            </Note>
          </div>
        ) : null}
        <SessionList sessions={sessions} words={words} locale={locale} zone={person.timeZone ?? place.zone} />
        {sessions.length > 1 ? (
          <form method="post" action="/me/account/end-others" className={styles.below}>
            <Button type="submit" tone="danger">
              {words.endOthers}
            </Button>
          </form>
        ) : null}
      </Card>
      <List alone>
        <ListItem href="/me/account/messages" before={<Mail />} title={preferenceWords[language].account}>
          <span className="quiet small">{preferenceWords[language].accountUnder}</span>
        </ListItem>
      </List>
      <Card title={words.data} id="data">
        <p>{words.exportWords}</p>
        <div className="row">
          <form action="/me/account/export">
            <Button type="submit" icon={<Download />}>
              {words.export}
            </Button>
          </form>
        </div>
        <p>
          <a href="/me/account/delete">{words.delete}</a>
        </p>
      </Card>
    </OwnFrame>
  )
}

type Typed = ReturnType<Awaited<ReturnType<typeof placeOf>>['of']>

const zones = () => [
  { value: '', label: '–' },
  ...Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
]
