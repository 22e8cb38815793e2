import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { languageOf, nonceOf } from '@/server/request'
import { offerOf } from '../book/place'
import styles from './widget.module.css'

export const metadata: Metadata = { robots: { index: false } }

const words = {
  en: {
    title: 'An example page',
    before: 'This page stands for yours: it is invented. Below, the booking is put in by two lines.',
    after: 'And here your page goes on.',
    booking: 'Booking',
  },
  de: {
    title: 'Eine Beispielseite',
    before: 'Diese Seite steht für Ihre: Sie ist erfunden. Darunter binden zwei Zeilen die Buchung ein.',
    after: 'Und hier geht Ihre Seite weiter.',
    booking: 'Buchung',
  },
}

/** Somebody else's page, so to speak, with a business's booking in it. */
export default async function WidgetPage({ params }: { params: Promise<{ business: string }> }) {
  const [offer, given] = await Promise.all([offerOf((await params).business), headers()])
  const say = words[languageOf(given, offer.language)]
  return (
    <main className={styles.host}>
      <h1>{say.title}</h1>
      <p>{say.before}</p>
      <div
        className={styles.place}
        data-slotwise={offer.slug}
        data-title={`${say.booking}: ${offer.name}`}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: nothing is set; what the script puts there is its own.
        dangerouslySetInnerHTML={{ __html: '' }}
        suppressHydrationWarning
      />
      <script src="/embed.js" nonce={nonceOf(given)} suppressHydrationWarning />
      <p>{say.after}</p>
    </main>
  )
}
