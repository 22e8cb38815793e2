import { titled } from '@/app/around'
import { ThisBrowser } from '@/components/browser/this-browser'
import { browserWords } from '@/components/browser/words'
import { ChoiceFields } from '@/components/preference/choice-fields'
import { preferenceWords } from '@/components/preference/words'
import { Button } from '@/components/ui/button'
import { Card, List, ListItem } from '@/components/ui/card'
import { Note } from '@/components/ui/note'
import { browserName } from '@/components/user/browser-name'
import { OwnFrame } from '@/components/user/own-frame'
import { pushKey } from '@/server/adapters/push/sender'
import { newCall } from '@/server/core/command'
import { listBrowsers } from '@/server/notification/browser/queries'
import {
  clientKinds,
  type PreferenceChannel,
  preferenceKinds,
} from '@/server/notification/preference/model-choice'
import { showOwnPreferences } from '@/server/notification/preference/queries'
import { mustBeSignedIn, type Params, placeOf } from '../../../place'

export const generateMetadata = titled(preferenceWords, (words) => words.title)

/** Which messages a person wants, as a client and at work, by which way; and in which of their browsers. */
export default async function OwnMessagesPage({ searchParams }: { searchParams: Params }) {
  const { language, locale, headers, one, words: all, zone: seen } = await placeOf(searchParams, 'messages')
  const { who, person } = await mustBeSignedIn(headers, '/me/account/messages')
  const [words, said] = [preferenceWords[language], browserWords[language]]
  const call = newCall(who.actor)
  const [{ choices }, { browsers }] = await Promise.all([
    showOwnPreferences.execute({}, call),
    listBrowsers.execute({}, call),
  ])
  const publicKey = pushKey()
  const channels: PreferenceChannel[] = publicKey ? ['email', 'push', 'inbox'] : ['email', 'inbox']
  const works = who.actor.grants.some(({ role }) => role !== 'client')
  const kinds = works && publicKey ? preferenceKinds : clientKinds
  const day = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeZone: person.timeZone ?? seen ?? 'UTC',
  })
  return (
    <OwnFrame language={language} title={words.title} done={one('saved') ? words.saved : null}>
      <p>
        <a href="/me/account">{all.account.title}</a>
      </p>
      <Card>
        <form method="post" action="/me/account/messages/save" className="stack">
          <p className="quiet">{words.own}</p>
          <ChoiceFields {...{ choices, words, kinds, channels }} />
          <div>
            <Button type="submit" tone="primary">
              {words.save}
            </Button>
          </div>
        </form>
      </Card>
      <Card title={said.title} id="browser">
        {publicKey ? (
          <>
            <p className="quiet">{said.under}</p>
            <ThisBrowser publicKey={publicKey} known={browsers.map(({ id, hash }) => ({ id, hash }))} />
          </>
        ) : (
          <Note tone="none">{said.off}</Note>
        )}
      </Card>
      {browsers.length > 0 ? (
        <Card title={said.list} flush>
          <List label={said.list}>
            {browsers.map(({ id, agent, createdAt }) => {
              const name = browserName(agent) ?? said.unknown
              return (
                <ListItem
                  key={id}
                  title={name}
                  after={
                    <form method="post" action="/me/account/messages/forget">
                      <input type="hidden" name="browserId" value={id} />
                      <Button type="submit" size="small" aria-label={`${said.remove}: ${name}`}>
                        {said.remove}
                      </Button>
                    </form>
                  }
                >
                  <span className="quiet small">{said.since(day.format(Date.parse(createdAt)))}</span>
                </ListItem>
              )
            })}
          </List>
        </Card>
      ) : null}
    </OwnFrame>
  )
}
