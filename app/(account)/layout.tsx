import type { Metadata } from 'next'
import type { ReactNode } from 'react'

/** Links here carry secrets: no other site is told of them, and nobody indexes them. */
export const metadata: Metadata = { robots: { index: false }, referrer: 'same-origin' }

export default function AccountLayout({ children }: { children: ReactNode }) {
  return children
}
