import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { priceOf } from '@/components/appointment/choose-service'
import { bookingWords } from '@/components/appointment/words'
import { LiveTimes, type Times } from '@/components/provider/live-times'
import { PublicShell } from '@/components/shell/public-shell'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { TabLinks } from '@/components/ui/tab-links'
import { getProvider } from '@/server/business/provider/queries'
import { isRefusal } from '@/server/core/errors'
import { languageOf, viewOf } from '@/server/request'
import { showAvailability } from '@/server/scheduling/calendar/show-availability'

type Props = {
  params: Promise<{ business: string; provider: string }>
  searchParams: Promise<{ service?: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await load(await params)).name }
}

/** A provider's free times, as they are and as they change. */
export default async function ProviderPage({ params, searchParams }: Props) {
  const provider = await load(await params)
  const wanted = (await searchParams).service
  const service = provider.services.find((s) => s.id === wanted) ?? provider.services[0]
  return (
    <PublicShell business={{ name: provider.businessName, href: `/b/${provider.businessSlug}` }}>
      <PageHeader arrival title={provider.name} before={<Avatar name={provider.name} size="large" />}>
        {provider.businessName}
      </PageHeader>
      {provider.bio ? <p>{provider.bio}</p> : null}
      {provider.services.length > 1 ? (
        <TabLinks
          label="Services"
          tabs={provider.services.map((s) => ({
            href: `?service=${s.id}`,
            label: s.name,
            current: s.id === service?.id,
          }))}
        />
      ) : null}
      {service ? (
        <FreeTimes
          slug={provider.businessSlug}
          providerId={provider.id}
          businessId={provider.businessId}
          service={service}
        />
      ) : (
        <div className="card">
          <EmptyState title="Nothing is offered yet.">Ask the business.</EmptyState>
        </div>
      )}
    </PublicShell>
  )
}

type Offered = {
  id: string
  name: string
  durationMinutes: number
  price: { amount: number; currency: string }
}

async function FreeTimes({
  slug,
  providerId,
  businessId,
  service,
}: {
  slug: string
  providerId: string
  businessId: string
  service: Offered
}) {
  const shown = await showAvailability({ providerId, serviceId: service.id, days: '7' })
  const times = JSON.parse(new TextDecoder().decode(shown.body)) as Times
  return (
    <Card
      title={service.name}
      aside={
        <>
          {service.durationMinutes} minutes · {priceOf(service.price, 'en', bookingWords.en)}
        </>
      }
    >
      <p>
        <Button tone="primary" href={`/b/${slug}/book?service=${service.id}&provider=${providerId}`}>
          {bookingWords[languageOf(await headers())].book}
        </Button>
      </p>
      <LiveTimes
        providerId={providerId}
        businessId={businessId}
        serviceId={service.id}
        etag={shown.etag}
        initial={times}
      />
    </Card>
  )
}

async function load({ business, provider: id }: { business: string; provider: string }) {
  try {
    const provider = await getProvider.execute({ id }, await viewOf(await headers()))
    return provider.businessSlug === business ? provider : notFound()
  } catch (error) {
    if (isRefusal(error)) notFound()
    throw error
  }
}
