import { titled } from '@/app/around'
import { Button } from '@/components/ui/button'
import { Mail } from '@/components/ui/icons'
import { Frame } from '@/components/user/frame'
import { userWords } from '@/components/user/words'
import { showsMailbox } from '@/server/notification/message/queries'
import { type Params, placeOf } from '../place'

export const generateMetadata = titled(userWords, (words) => words.mail.title)

/** The same page whether or not there was anybody to write to. */
export default async function CheckMailPage({ searchParams }: { searchParams: Params }) {
  const { words, language, one, value, next } = await placeOf(searchParams, 'sent')
  const to = value('email') || words.mail.yours
  const way = next ? `?${new URLSearchParams({ next })}` : ''
  const kinds = {
    'sign-up': { says: words.mail.signUp(to), again: '/sign-up' },
    'sign-in': { says: words.mail.signIn(to), again: '/sign-in' },
    reset: { says: words.mail.reset(to), again: '/forgot-password' },
  }
  const { says, again } = kinds[(one('for') ?? '') as keyof typeof kinds] ?? kinds['sign-in']
  return (
    <Frame language={language} title={words.mail.title}>
      <p>{says}</p>
      {showsMailbox() ? (
        <Button href="/mailbox" tone="primary" size="large" block icon={<Mail />}>
          {words.mail.mailbox}
        </Button>
      ) : null}
      <p className="quiet small">
        {words.mail.missing} <a href={again + way}>{words.mail.again}</a>
      </p>
    </Frame>
  )
}
