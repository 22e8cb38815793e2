import type { Metadata, Viewport } from 'next'
import localFont from 'next/font/local'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { languageOf } from '@/server/request'
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

export const metadata: Metadata = {
  title: { default: 'SlotWise', template: '%s · SlotWise' },
  description: 'Find a time and book it.',
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
  return (
    <html lang={languageOf(await headers())} className={inter.variable}>
      <body>{children}</body>
    </html>
  )
}
