import { headers } from 'next/headers'
import { providerWords } from '@/components/provider/words'
import { PublicShell } from '@/components/shell/public-shell'
import { Button } from '@/components/ui/button'
import { PageHeader } from '@/components/ui/page-header'
import { guessFrom } from '@/server/business/business/model-guess'
import { searchProviders } from '@/server/business/provider/search'
import { isRefusal } from '@/server/core/errors'
import { cookieOf, languageOf, localeOf, viewOf } from '@/server/request'
import { titled } from './around'
import { FoundProviders, Nobody } from './found'
import { addressOf, askedOf, WantedForm, wantedOf } from './wanted'

export const generateMetadata = titled(providerWords, (words) => `${words.title} · SlotWise`)

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** The way in for visitors: who can be booked, for what, and when next. */
export default async function HomePage({ searchParams }: Props) {
  const asked = await headers()
  const language = languageOf(asked)
  const words = providerWords[language]
  const guess = guessFrom(asked.get('accept-language') ?? '', cookieOf(asked, 'zone'))
  const wanted = wantedOf(await searchParams, guess.currency)
  const { providers, nextCursor } = await find(askedOf(wanted, Date.now()), asked)
  const { q, service, place, upTo, within } = wanted
  return (
    <PublicShell>
      <PageHeader arrival title={words.title}>
        {words.under}
      </PageHeader>
      <WantedForm wanted={wanted} words={words} />
      {providers.length === 0 ? (
        <Nobody asked={Boolean(q || service || place || upTo || within)} words={words} />
      ) : (
        <FoundProviders providers={providers} words={words} locale={localeOf(asked, language)} />
      )}
      {nextCursor ? (
        <p>
          <Button href={addressOf(wanted, nextCursor)}>{words.more}</Button>
        </p>
      ) : null}
    </PublicShell>
  )
}

async function find(wanted: ReturnType<typeof askedOf>, asked: Headers) {
  try {
    return await searchProviders.execute(wanted, await viewOf(asked))
  } catch (error) {
    if (isRefusal(error) && error.kind === 'malformed') return { providers: [], nextCursor: null }
    throw error
  }
}
