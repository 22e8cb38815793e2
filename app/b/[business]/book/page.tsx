import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { ChooseService } from '@/components/appointment/choose-service'
import { DetectZone } from '@/components/appointment/detect-zone'
import { type BookingWords, bookingWords } from '@/components/appointment/words'
import { PublicShell } from '@/components/shell/public-shell'
import { EmptyState } from '@/components/ui/empty-state'
import { Note } from '@/components/ui/note'
import { Stepper } from '@/components/ui/stepper'
import { nonceOf } from '@/server/request'
import { ChooseTime } from './choose-time'
import { Details } from './details'
import { offerOf, type Place, placeOf } from './place'

type Props = {
  params: Promise<{ business: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await offerOf((await params).business)).name, referrer: 'same-origin' }
}

/** Service, time, details: one page, whose address says how far one is. Each step is a link or a form. */
export default async function BookPage({ params, searchParams }: Props) {
  const place = await placeOf((await params).business, await searchParams)
  const { offer, query, service, locale } = place
  const words = bookingWords[place.language]
  return (
    <PublicShell
      wide={service !== null}
      business={{ name: offer.name, href: `/b/${offer.slug}`, accent: offer.accent, logo: offer.logo }}
      aside={service ? <Steps place={place} words={words} /> : null}
    >
      {query.zone ? null : <DetectZone shown={place.zone} nonce={nonceOf(await headers())} />}
      {query.service && service?.id !== query.service ? (
        <Note tone="warn" role="alert">
          {words.serviceGone}
        </Note>
      ) : null}
      {offer.services.length === 0 ? (
        <div className="card">
          <EmptyState title={words.nothing} />
        </div>
      ) : null}
      {!service && offer.services.length > 0 ? (
        <ChooseService
          services={offer.services}
          language={locale}
          words={words}
          href={(id) => place.href({ service: id })}
        />
      ) : null}
      {service && query.hold ? <Details place={place} service={service} words={words} /> : null}
      {service && !query.hold ? <ChooseTime place={place} service={service} words={words} /> : null}
    </PublicShell>
  )
}

/** How far one is. A service is a step only where there is one to choose. */
function Steps({ place, words }: { place: Place; words: BookingWords }) {
  const { offer, query, href } = place
  const [service, time, details] = words.steps
  const first = offer.services.length > 1 ? [{ label: service, href: `/b/${offer.slug}/book` }] : []
  return (
    <Stepper
      label={words.book}
      steps={[...first, { label: time, href: href({}) }, { label: details }]}
      at={first.length + (query.hold ? 1 : 0)}
    />
  )
}
