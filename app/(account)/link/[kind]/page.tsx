import { notFound } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { Frame } from '@/components/user/frame'
import { TextField } from '@/components/user/text-field'
import styles from '@/components/user/user.module.css'
import { linkOpens } from '@/server/auth/user/capabilities'
import { purposeOfPage } from '@/server/auth/user/model-link'
import { type Params, placeOf } from '../../place'

type Props = { params: Promise<{ kind: string }>; searchParams: Params }

/** Where a link from a mail leads. Looking uses nothing up; the button does. */
export default async function LinkPage({ params, searchParams }: Props) {
  const purpose = purposeOfPage((await params).kind) ?? notFound()
  const { words, language, one, next, wrong, refused } = await placeOf(searchParams, 'link')
  const token = one('token') ?? ''
  const opens = await linkOpens(purpose, token)
  if (!opens)
    return (
      <Frame language={language} title={words.link.dead} intro={words.link.deadWords}>
        <Button
          href={purpose === 'reset_password' ? '/forgot-password' : '/sign-in'}
          tone="primary"
          size="large"
          block
        >
          {words.link.newLink}
        </Button>
      </Frame>
    )
  const { link } = words
  const said = {
    sign_in: [link.signIn, link.signInWords, words.signIn],
    verify_address: [link.verify, link.verifyWords, link.verifyButton],
    change_address: [link.address, link.addressWords(opens.email), link.addressButton],
    reset_password: [link.password, link.passwordWords, link.passwordButton],
  }[purpose]
  return (
    <Frame language={language} title={said[0]} intro={said[1]} refused={refused}>
      <form method="post" action={`/link/${(await params).kind}/use`} className={styles.form} noValidate>
        <input type="hidden" name="token" value={token} />
        {next ? <input type="hidden" name="next" value={next} /> : null}
        {purpose === 'reset_password' ? (
          <>
            <input type="hidden" name="email" autoComplete="username" value={opens.email} />
            <TextField
              name="newPassword"
              label={words.newPassword}
              type="password"
              autoComplete="new-password"
              hint={words.passwordHint}
              error={wrong('newPassword')}
            />
          </>
        ) : (
          <p className="quiet">{opens.email}</p>
        )}
        <Button type="submit" tone="primary" size="large" block>
          {said[2]}
        </Button>
      </form>
    </Frame>
  )
}
