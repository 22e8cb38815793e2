'use client'

import { useEffect, useState } from 'react'

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
  const [language, setLanguage] = useState<'en' | 'de'>('en')
  useEffect(() => {
    if (document.documentElement.lang === 'de') setLanguage('de')
  }, [])
  const w = words[language]
  return (
    <main className="page">
      <h1>{w.title}</h1>
      <p>{w.text}</p>
      <p>
        <button type="button" className="button" onClick={reset}>
          {w.again}
        </button>
      </p>
    </main>
  )
}
