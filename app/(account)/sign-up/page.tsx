import { redirect } from 'next/navigation'
import { titled } from '@/app/around'
import { Button } from '@/components/ui/button'
import { Frame } from '@/components/user/frame'
import { TextField } from '@/components/user/text-field'
import styles from '@/components/user/user.module.css'
import { userWords } from '@/components/user/words'
import { signedIn } from '@/server/auth/user/session'
import { type Params, placeOf } from '../place'

export const generateMetadata = titled(userWords, (words) => words.signUp)

export default async function SignUpPage({ searchParams }: { searchParams: Params }) {
  const { words, language, next, value, wrong, refused, headers } = await placeOf(searchParams, 'sign-up')
  if (await signedIn(headers)) redirect(next ?? '/me')
  return (
    <Frame language={language} title={words.signUp} refused={refused}>
      <form method="post" action="/sign-up/submit" className={styles.form} noValidate>
        {next ? <input type="hidden" name="next" value={next} /> : null}
        <TextField
          name="name"
          label={words.name}
          autoComplete="name"
          hint={words.nameHint}
          value={value('name')}
          error={wrong('name')}
        />
        <TextField
          name="email"
          label={words.email}
          type="email"
          autoComplete="username"
          value={value('email')}
          error={wrong('email')}
        />
        <TextField
          name="password"
          label={words.password}
          type="password"
          autoComplete="new-password"
          hint={words.passwordHint}
          error={wrong('password', 'newPassword')}
        />
        <Button type="submit" tone="primary" size="large" block>
          {words.createAccount}
        </Button>
      </form>
      <p className="quiet">
        {words.haveAccount}{' '}
        <a href={next ? `/sign-in?${new URLSearchParams({ next })}` : '/sign-in'}>{words.signIn}</a>
      </p>
    </Frame>
  )
}
