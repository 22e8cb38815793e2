import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { titled } from '@/app/around'
import { ChoiceFields } from '@/components/preference/choice-fields'
import { preferenceWords } from '@/components/preference/words'
import { PublicShell } from '@/components/shell/public-shell'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Note } from '@/components/ui/note'
import { PageHeader } from '@/components/ui/page-header'
import { isRefusal } from '@/server/core/errors'
import { clientKinds } from '@/server/notification/preference/model-choice'
import { showPreferences } from '@/server/notification/preference/queries'
import { languageOf } from '@/server/request'
import { holderOf, type Link } from './link'

export const generateMetadata = titled(preferenceWords, (words) => words.title, {
  robots: { index: false },
  referrer: 'same-origin',
})

type Query = { token?: string; saved?: string; ended?: string }
type Props = Link & { searchParams: Promise<Query> }

/** What the link under a mail opens: which messages its reader wants from this business, and how. */
export default async function MailsPage({ params, searchParams }: Props) {
  const [query, asked] = await Promise.all([searchParams, headers()])
  const token = typeof query.token === 'string' ? query.token : ''
  const { found, path } = await load(asked, { params }, token)
  const { business, address, phone, choices } = found
  const words = preferenceWords[languageOf(asked, business.language)]
  const ended = clientKinds.find((kind) => kind === query.ended)
  const said = ended ? words.ended(words.about[ended]) : query.saved ? words.saved : null
  return (
    <PublicShell business={{ name: business.name, href: `/b/${business.slug}`, accent: business.accent }}>
      <PageHeader title={words.from(business.name)}>
        {address ? <p className="quiet">{words.to(address)}</p> : null}
      </PageHeader>
      {said ? (
        <Note tone="good" role="status">
          {said}
        </Note>
      ) : null}
      <Card>
        <form method="post" action={`${path}/save`} className="stack">
          <input type="hidden" name="token" value={token} />
          <ChoiceFields {...{ choices, words }} channels={phone ? ['email', 'sms'] : ['email']} />
          <div>
            <Button type="submit" tone="primary">
              {words.save}
            </Button>
          </div>
        </form>
      </Card>
    </PublicShell>
  )
}

async function load(asked: Headers, link: Link, token: string) {
  try {
    const { id, businessId, call, path } = await holderOf(asked, link, token)
    return { path, found: await showPreferences.execute({ businessId, id }, call) }
  } catch (error) {
    if (isRefusal(error)) notFound()
    throw error
  }
}
