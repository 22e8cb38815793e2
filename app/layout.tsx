import type { Metadata, Viewport } from 'next'
import localFont from 'next/font/local'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { WhoProvider } from '@/components/shell/who'
import { LanguageProvider } from '@/components/ui/language'
import { languageHere, whoIsHere } from './around'
import './base.css'
import './fonts.css'

/** Preloaded, with a fallback of the same measures, so that no line moves when it arrives. */
const inter = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  weight: '100 900',
  display: 'swap',
  variable: '--inter',
  adjustFontFallback: 'Arial',
})

const described = { en: 'Find a time and book it.', de: 'Eine Zeit finden und buchen.' }

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: { default: 'SlotWise', template: '%s · SlotWise' },
    description: described[await languageHere(await headers())],
  }
}
export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#161c1a' },
  ],
}
/** Each answer carries a nonce of its own. */
export const dynamic = 'force-dynamic'

export default async function RootLayout({ children }: { children: ReactNode }) {
  const asked = await headers()
  const [language, who] = await Promise.all([languageHere(asked), whoIsHere(asked)])
  return (
    <html lang={language} className={inter.variable}>
      <body>
        <LanguageProvider language={language}>
          <WhoProvider who={who}>{children}</WhoProvider>
        </LanguageProvider>
      </body>
    </html>
  )
}
