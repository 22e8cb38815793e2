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
import { TabLinks } from '@/components/ui/tab-links'
import { PlaceLine } from '@/components/venue/place-line'
import { placeName, venueWords } from '@/components/venue/words'
import { type Offer, showOffer } from '@/server/business/business/queries'
import { shownPrice } from '@/server/business/service/model-price'
import { isRefusal } from '@/server/core/errors'
import { online } from '@/server/location/venue/model-place'
import { languageOf, localeOf, viewOf } from '@/server/request'

type Props = { params: Promise<{ business: string }>; searchParams: Promise<{ place?: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await load((await params).business)).name }
}

/** A business's own page: what can be booked there, and with whom. */
export default async function BusinessPage({ params, searchParams }: Props) {
  const [offer, asked] = [await load((await params).business), await headers()]
  const language = languageOf(asked, offer.language)
  const words = providerWords[language]
  const { name, slug, accent, logo } = offer
  const { place } = await searchParams
  const places = placesIn(offer)
  const where = places.find((id) => id === place) ?? null
  const there = where ? onlyAt(offer, where) : offer
  const book = `/b/${slug}/book${where ? `?place=${where}` : ''}`
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
            <Button tone="primary" size="large" href={book}>
              {words.book}
            </Button>
          </p>
          {places.length > 1 ? (
            <TabLinks
              label={words.where}
              tabs={[null, ...places].map((id) => ({
                href: `/b/${slug}${id ? `?place=${id}` : ''}`,
                label: id ? calledIn(offer, id, language) : venueWords[language].all,
                current: id === where,
              }))}
            />
          ) : null}
          {places.map((id) =>
            id === where || places.length === 1 ? <Address key={id} offer={offer} place={id} /> : null,
          )}
          <Offered offer={there} where={where} words={words} locale={localeOf(asked, language)} />
        </>
      )}
      {there.providers.length > 0 ? <Providers offer={there} words={words} language={language} /> : null}
    </PublicShell>
  )
}

/** Where the business's providers are to be found: its venues by name, and online. */
const placesIn = ({ venues, providers }: Offer): string[] =>
  [...venues.map(({ id }) => id), online].filter((id) => providers.some(({ places }) => places.includes(id)))

/** Who is there, and what they do. */
function onlyAt(offer: Offer, place: string): Offer {
  const providers = offer.providers.filter(({ places }) => places.includes(place))
  const fits = (given: string) => (place === online ? given !== 'on_site' : given !== 'online')
  const services = offer.services.filter(
    ({ given, providerIds }) => fits(given) && providers.some(({ id }) => providerIds.includes(id)),
  )
  return { ...offer, providers, services }
}

const calledIn = ({ venues }: Offer, place: string, language: 'en' | 'de') =>
  placeName(place, venues, venueWords[language]) ?? ''

function Address({ offer, place }: { offer: Offer; place: string }) {
  const venue = offer.venues.find(({ id }) => id === place)
  return venue && venue.lines.length > 0 ? (
    <PlaceLine>{[venue.name, ...venue.lines].join(', ')}</PlaceLine>
  ) : null
}

type OfferedProps = { offer: Offer; where: string | null; words: ProviderWords; locale: string }

function Offered({ offer, where, words, locale }: OfferedProps) {
  return (
    <section className="stack" aria-labelledby="services">
      <h2 id="services">{words.services}</h2>
      <List alone label={words.services}>
        {offer.services.map(({ id, name, description, durationMinutes, price }) => (
          <ListItem
            key={id}
            href={`/b/${offer.slug}/book?${new URLSearchParams({ service: id, ...(where ? { place: where } : {}) })}`}
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

type ProvidersProps = { offer: Offer; words: ProviderWords; language: 'en' | 'de' }

function Providers({ offer, words, language }: ProvidersProps) {
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
            {p.places.length > 0 ? (
              <span className="quiet small">
                {p.places.map((id) => calledIn(offer, id, language)).join(' · ')}
              </span>
            ) : null}
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
