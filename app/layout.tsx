import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import './base.css'

export const metadata: Metadata = {
  title: { default: 'SlotWise', template: '%s · SlotWise' },
  description: 'Find a time and book it.',
}
export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }
/** Each answer carries a nonce of its own. */
export const dynamic = 'force-dynamic'

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <header className="bar">
          <div>
            <a href="/">SlotWise</a>
          </div>
        </header>
        {children}
      </body>
    </html>
  )
}
