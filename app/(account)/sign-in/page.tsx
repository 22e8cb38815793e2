import { redirect } from 'next/navigation'
import { titled } from '@/app/around'
import { Button } from '@/components/ui/button'
import { Mail } from '@/components/ui/icons'
import { Frame } from '@/components/user/frame'
import { PasskeySignIn } from '@/components/user/passkey-sign-in'
import { TextField } from '@/components/user/text-field'
import styles from '@/components/user/user.module.css'
import { userWords } from '@/components/user/words'
import { signedIn } from '@/server/auth/user/session'
import { type Params, placeOf } from '../place'

export const generateMetadata = titled(userWords, (words) => words.signIn)

export default async function SignInPage({ searchParams }: { searchParams: Params }) {
  const { words, language, next, one, value, wrong, refused, headers } = await placeOf(
    searchParams,
    'sign-in',
  )
  if (await signedIn(headers)) redirect(next ?? '/me')
  const said = one('said')
  const done = { out: words.signedOut, password: words.passwordChanged, deleted: words.deleted }[said ?? '']
  return (
    <Frame
      language={language}
      title={words.signIn}
      intro={next && !refused ? words.signInFirst : null}
      refused={refused}
      done={refused ? null : done}
    >
      <form method="post" action="/sign-in/password" className={styles.form} noValidate>
        {next ? <input type="hidden" name="next" value={next} /> : null}
        <TextField
          name="email"
          label={words.email}
          type="email"
          autoComplete="username webauthn"
          value={value('email')}
          error={wrong('email')}
        />
        <TextField
          name="password"
          label={words.password}
          type="password"
          autoComplete="current-password"
          error={wrong('password')}
        />
        <a href="/forgot-password" className={styles.end}>
          {words.forgot}
        </a>
        <Button type="submit" tone="primary" size="large" block>
          {words.signIn}
        </Button>
        <div className={styles.or}>{words.or}</div>
        <Button type="submit" formAction="/sign-in/link" block icon={<Mail />}>
          {words.linkInstead}
        </Button>
      </form>
      <PasskeySignIn label={words.passkeySignIn} failed={words.account.passkeyFailed} next={next ?? '/me'} />
      <p className="quiet">
        {words.newHere}{' '}
        <a href={next ? `/sign-up?${new URLSearchParams({ next })}` : '/sign-up'}>{words.signUp}</a>
      </p>
    </Frame>
  )
}
