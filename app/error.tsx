'use client'

import { Button } from '@/components/ui/button'
import { useLanguage } from '@/components/ui/language'

const words = {
  en: {
    title: 'This page is not available right now',
    text: 'Nothing was lost. Try again in a moment.',
    again: 'Try again',
  },
  de: {
    title: 'Diese Seite ist gerade nicht erreichbar',
    text: 'Es ging nichts verloren. Versuchen Sie es gleich noch einmal.',
    again: 'Noch einmal versuchen',
  },
}

/** What stands where a page could not be drawn. It cannot know more than that. */
export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  const said = words[useLanguage()]
  return (
    <main className="page">
      <h1>{said.title}</h1>
      <p>{said.text}</p>
      <p>
        <Button onClick={reset}>{said.again}</Button>
      </p>
    </main>
  )
}
