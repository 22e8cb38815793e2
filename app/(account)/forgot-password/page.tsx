import { titled } from '@/app/around'
import { Button } from '@/components/ui/button'
import { Frame } from '@/components/user/frame'
import { TextField } from '@/components/user/text-field'
import styles from '@/components/user/user.module.css'
import { userWords } from '@/components/user/words'
import { type Params, placeOf } from '../place'

export const generateMetadata = titled(userWords, (words) => words.reset.title)

export default async function ForgotPasswordPage({ searchParams }: { searchParams: Params }) {
  const { words, language, value, wrong, refused } = await placeOf(searchParams, 'reset')
  return (
    <Frame language={language} title={words.reset.title} intro={words.reset.words} refused={refused}>
      <form method="post" action="/forgot-password/submit" className={styles.form} noValidate>
        <TextField
          name="email"
          label={words.email}
          type="email"
          autoComplete="username"
          value={value('email')}
          error={wrong('email')}
        />
        <Button type="submit" tone="primary" size="large" block>
          {words.reset.button}
        </Button>
      </form>
      <p>
        <a href="/sign-in">{words.back}</a>
      </p>
    </Frame>
  )
}
