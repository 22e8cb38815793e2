import { waitingWords } from '@/components/appointment/waiting-words'
import { bookingWords } from '@/components/appointment/words'
import { PublicShell } from '@/components/shell/public-shell'
import { Button } from '@/components/ui/button'
import { Note } from '@/components/ui/note'
import { PageHeader } from '@/components/ui/page-header'
import { placeOf } from '../../book/place'

export { generateMetadata } from '../page'

type Props = {
  params: Promise<{ business: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Whoever joined a list, whether they stood there before or not. How they stand is told by mail alone. */
export default async function JoinedPage({ params, searchParams }: Props) {
  const { offer, service, language, href } = await placeOf((await params).business, await searchParams)
  const words = waitingWords[language]
  return (
    <PublicShell
      business={{ name: offer.name, href: `/b/${offer.slug}`, accent: offer.accent, logo: offer.logo }}
    >
      <PageHeader arrival title={words.waiting}>
        {service?.name}
      </PageHeader>
      <Note tone="good">{words.joinedText}</Note>
      <p className="quiet">{words.waitingText}</p>
      <p>
        <Button href={href({})}>{bookingWords[language].anotherTime}</Button>
      </p>
    </PublicShell>
  )
}
