import { titled } from '@/app/around'
import { ChoiceFields } from '@/components/preference/choice-fields'
import { preferenceWords } from '@/components/preference/words'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Note } from '@/components/ui/note'
import { OwnFrame } from '@/components/user/own-frame'
import { newCall } from '@/server/core/command'
import { showOwnPreferences } from '@/server/notification/preference/queries'
import { mustBeSignedIn, type Params, placeOf } from '../../../place'

export const generateMetadata = titled(preferenceWords, (words) => words.title)

/** Which messages a person wants from every business that knows them by the address of their account. */
export default async function OwnMessagesPage({ searchParams }: { searchParams: Params }) {
  const { language, headers, one, words: all } = await placeOf(searchParams, 'messages')
  const { who } = await mustBeSignedIn(headers, '/me/account/messages')
  const words = preferenceWords[language]
  const { choices } = await showOwnPreferences.execute({}, newCall(who.actor))
  return (
    <OwnFrame language={language} title={words.title}>
      <p>
        <a href="/me/account">{all.account.title}</a>
      </p>
      {one('saved') ? (
        <Note tone="good" role="status">
          {words.saved}
        </Note>
      ) : null}
      <Card>
        <form method="post" action="/me/account/messages/save" className="stack">
          <p className="quiet">{words.own}</p>
          <ChoiceFields {...{ choices, words }} channels={['email', 'inbox']} />
          <div>
            <Button type="submit" tone="primary">
              {words.save}
            </Button>
          </div>
        </form>
      </Card>
    </OwnFrame>
  )
}
