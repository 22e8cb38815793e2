import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { LiveTimes, type Times } from '@/components/provider/live-times'
import { type ProviderWords, placesIn, providerWords } from '@/components/provider/words'
import { PublicShell } from '@/components/shell/public-shell'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { TabLinks } from '@/components/ui/tab-links'
import { PlaceLine } from '@/components/venue/place-line'
import { faceOf } from '@/server/business/business/queries'
import { getProvider } from '@/server/business/provider/queries'
import { shownPrice } from '@/server/business/service/model-price'
import { isRefusal } from '@/server/core/errors'
import { languageOf, localeOf, viewOf } from '@/server/request'
import { showAvailability } from '@/server/scheduling/calendar/show-availability'

type Props = {
  params: Promise<{ business: string; provider: string }>
  searchParams: Promise<{ service?: string }>
}
type Provider = Awaited<ReturnType<typeof getProvider.execute>>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await load(await params)).name }
}

/** A provider's free times, as they are and as they change. */
export default async function ProviderPage({ params, searchParams }: Props) {
  const provider = await load(await params)
  const [face, asked] = [await faceOf(provider.businessSlug), await headers()]
  const language = languageOf(asked, face?.language)
  const words = providerWords[language]
  const wanted = (await searchParams).service
  const service = provider.services.find((s) => s.id === wanted) ?? provider.services[0]
  return (
    <PublicShell
      business={{
        name: provider.businessName,
        href: `/b/${provider.businessSlug}`,
        accent: face?.accent,
        logo: face?.logo,
      }}
    >
      <PageHeader arrival title={provider.name} before={<Avatar name={provider.name} size="large" />}>
        {provider.businessName}
      </PageHeader>
      {provider.bio ? <p>{provider.bio}</p> : null}
      {provider.places.length > 0 ? <PlaceLine>{placesIn(provider.places, words)}</PlaceLine> : null}
      {provider.services.length > 1 ? (
        <TabLinks
          label={words.services}
          tabs={provider.services.map((s) => ({
            href: `?service=${s.id}`,
            label: s.name,
            current: s.id === service?.id,
          }))}
        />
      ) : null}
      {service ? (
        <FreeTimes provider={provider} service={service} words={words} locale={localeOf(asked, language)} />
      ) : (
        <div className="card">
          <EmptyState title={words.nothingOffered}>{words.nothingOfferedUnder}</EmptyState>
        </div>
      )}
    </PublicShell>
  )
}

type TimesProps = {
  provider: Provider
  service: Provider['services'][number]
  words: ProviderWords
  locale: string
}

async function FreeTimes({ provider, service, words, locale }: TimesProps) {
  const { amount, currency } = service.price
  const book = `/b/${provider.businessSlug}/book?service=${service.id}&provider=${provider.id}`
  const shown = await showAvailability({ providerId: provider.id, serviceId: service.id, days: '7' })
  const times = JSON.parse(new TextDecoder().decode(shown.body)) as Times
  return (
    <Card
      title={service.name}
      aside={`${words.minutes(service.durationMinutes)} · ${amount === 0 ? words.free : shownPrice(amount, currency, locale)}`}
    >
      {service.description ? <p className="small">{service.description}</p> : null}
      <p>
        <Button tone="primary" href={book}>
          {words.book}
        </Button>
      </p>
      <LiveTimes
        providerId={provider.id}
        businessId={provider.businessId}
        serviceId={service.id}
        etag={shown.etag}
        initial={times}
        locale={locale}
        book={book}
      />
    </Card>
  )
}

async function load({ business, provider: id }: { business: string; provider: string }): Promise<Provider> {
  try {
    const provider = await getProvider.execute({ id }, await viewOf(await headers()))
    return provider.businessSlug === business ? provider : notFound()
  } catch (error) {
    if (isRefusal(error)) notFound()
    throw error
  }
}
