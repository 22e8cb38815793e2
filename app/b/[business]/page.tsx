import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { type ProviderWords, providerWords } from '@/components/provider/words'
import { PublicShell } from '@/components/shell/public-shell'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { List, ListItem } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Right } from '@/components/ui/icons'
import { PageHeader } from '@/components/ui/page-header'
import { type Offer, showOffer } from '@/server/business/business/queries'
import { shownPrice } from '@/server/business/service/model-price'
import { isRefusal } from '@/server/core/errors'
import { languageOf, localeOf, viewOf } from '@/server/request'

type Props = { params: Promise<{ business: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await load((await params).business)).name }
}

/** A business's own page: what can be booked there, and with whom. */
export default async function BusinessPage({ params }: Props) {
  const [offer, asked] = [await load((await params).business), await headers()]
  const language = languageOf(asked, offer.language)
  const words = providerWords[language]
  const { name, slug, accent, logo } = offer
  return (
    <PublicShell business={{ name, href: `/b/${slug}`, accent, logo }}>
      <PageHeader arrival title={name} />
      {offer.services.length === 0 ? (
        <div className="card">
          <EmptyState title={words.nobodyHere}>{words.nobodyHereUnder}</EmptyState>
        </div>
      ) : (
        <>
          <p>
            <Button tone="primary" size="large" href={`/b/${slug}/book`}>
              {words.book}
            </Button>
          </p>
          <Offered offer={offer} words={words} locale={localeOf(asked, language)} />
        </>
      )}
      {offer.providers.length > 0 ? <Providers offer={offer} words={words} /> : null}
    </PublicShell>
  )
}

function Offered({ offer, words, locale }: { offer: Offer; words: ProviderWords; locale: string }) {
  return (
    <section className="stack" aria-labelledby="services">
      <h2 id="services">{words.services}</h2>
      <List alone label={words.services}>
        {offer.services.map(({ id, name, description, durationMinutes, price }) => (
          <ListItem
            key={id}
            href={`/b/${offer.slug}/book?service=${id}`}
            title={name}
            after={
              <>
                <span className="small figures">
                  {price.amount === 0 ? words.free : shownPrice(price.amount, price.currency, locale)}
                </span>
                <Right />
              </>
            }
          >
            {description ? <span className="small">{description}</span> : null}
            <span className="quiet small">{words.minutes(durationMinutes)}</span>
          </ListItem>
        ))}
      </List>
    </section>
  )
}

function Providers({ offer, words }: { offer: Offer; words: ProviderWords }) {
  return (
    <section className="stack" aria-labelledby="providers">
      <h2 id="providers">{words.providers}</h2>
      <List alone label={words.providers}>
        {offer.providers.map((p) => (
          <ListItem
            key={p.id}
            href={`/b/${offer.slug}/${p.id}`}
            title={p.name}
            before={<Avatar name={p.name} />}
            after={<Right />}
          >
            {p.bio ? <span className="quiet small">{p.bio}</span> : null}
          </ListItem>
        ))}
      </List>
    </section>
  )
}

async function load(slug: string): Promise<Offer> {
  try {
    return await showOffer.execute({ slug }, await viewOf(await headers()))
  } catch (error) {
    if (isRefusal(error)) notFound()
    throw error
  }
}
