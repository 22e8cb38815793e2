import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { ChooseService } from '@/components/appointment/choose-service'
import { DetectZone } from '@/components/appointment/detect-zone'
import { bookingWords } from '@/components/appointment/words'
import { PublicShell } from '@/components/shell/public-shell'
import { nonceOf } from '@/server/request'
import { ChooseTime } from './choose-time'
import { Details } from './details'
import { offerOf, placeOf } from './place'

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
    <PublicShell business={{ name: offer.name, href: `/b/${offer.slug}`, accent: offer.accent }}>
      {query.zone ? null : <DetectZone shown={place.zone} nonce={nonceOf(await headers())} />}
      {offer.services.length === 0 ? <p className="card">{words.nothing}</p> : null}
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
