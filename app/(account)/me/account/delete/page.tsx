import { titled } from '@/app/around'
import { Button } from '@/components/ui/button'
import { Frame } from '@/components/user/frame'
import { TextField } from '@/components/user/text-field'
import styles from '@/components/user/user.module.css'
import { userWords } from '@/components/user/words'
import { passwordHashOf } from '@/server/auth/user/queries'
import { mustBeSignedIn, type Params, placeOf } from '../../../place'

export const generateMetadata = titled(userWords, (words) => words.account.deleteTitle)

export default async function DeletePage({ searchParams }: { searchParams: Params }) {
  const { words: all, language, headers, refused } = await placeOf(searchParams, 'delete')
  const { who } = await mustBeSignedIn(headers, '/me/account/delete')
  const words = all.account
  return (
    <Frame language={language} title={words.deleteTitle} intro={words.deleteWords} refused={refused}>
      <form method="post" action="/me/account/delete/confirm" className={styles.form} noValidate>
        {(await passwordHashOf(who.actor.userId)) ? (
          <TextField
            name="currentPassword"
            label={all.currentPassword}
            type="password"
            autoComplete="current-password"
          />
        ) : null}
        <Button type="submit" tone="danger-fill" size="large" block>
          {words.deleteButton}
        </Button>
        <Button href="/me/account" block>
          {words.keep}
        </Button>
      </form>
    </Frame>
  )
}
