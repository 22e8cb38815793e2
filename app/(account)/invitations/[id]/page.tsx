import { notFound } from 'next/navigation'
import { titled } from '@/app/around'
import { Button } from '@/components/ui/button'
import { Once } from '@/components/ui/once'
import { Frame } from '@/components/user/frame'
import styles from '@/components/user/user.module.css'
import { userWords } from '@/components/user/words'
import { getInvitation } from '@/server/auth/invitation/queries'
import { profileOf } from '@/server/auth/user/queries'
import { signedIn } from '@/server/auth/user/session'
import { anonymous } from '@/server/core/actor'
import { newCall } from '@/server/core/command'
import { isRefusal } from '@/server/core/errors'
import { type Params, placeOf } from '../../place'

type Props = { params: Promise<{ id: string }>; searchParams: Params }

export const generateMetadata = titled(userWords, (words) => words.invitation.invited)

/** Where an invitation's mail leads. Looking is for whoever has the link; accepting needs an account. */
export default async function InvitationPage({ params, searchParams }: Props) {
  const [{ id }, place] = [await params, await placeOf(searchParams, 'invitation')]
  const { words, language, headers, refused } = place
  const token = place.one('token') ?? ''
  const { business, by, role, stands } = await load(id, token)
  const who = await signedIn(headers)
  const person = who && (await profileOf(who.actor.userId))
  const next = `/invitations/${id}?${new URLSearchParams({ token })}`
  const said = words.invitation
  return (
    <Frame
      language={language}
      title={stands ? said.title(business.name) : said.over}
      intro={stands ? said.words(by, business.name, words.roles[role] ?? role) : said.overWords}
      refused={stands ? refused : null}
    >
      {stands && person ? (
        <form method="post" action={`/invitations/${id}/accept`} className={styles.form}>
          <Once />
          <input type="hidden" name="token" value={token} />
          <p className="quiet">{said.as(person.email)}</p>
          <Button type="submit" tone="primary" size="large" block>
            {said.accept}
          </Button>
        </form>
      ) : null}
      {stands && !person ? (
        <div className={styles.form}>
          <p className="quiet">{said.needsAccount}</p>
          <Button href={`/sign-up?${new URLSearchParams({ next })}`} tone="primary" size="large" block>
            {words.signUp}
          </Button>
          <Button href={`/sign-in?${new URLSearchParams({ next })}`} block>
            {words.signIn}
          </Button>
        </div>
      ) : null}
    </Frame>
  )
}

async function load(invitationId: string, token: string) {
  try {
    return await getInvitation.execute({ invitationId }, { ...newCall(anonymous), bearer: token })
  } catch (error) {
    if (isRefusal(error)) notFound()
    throw error
  }
}
