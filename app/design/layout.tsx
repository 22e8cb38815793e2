import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { config } from '@/server/core/config'

export const metadata: Metadata = { title: 'Design', robots: { index: false } }

/** For those who build and those who look around; nobody else finds anything here. */
export default function DesignLayout({ children }: { children: ReactNode }) {
  const { NODE_ENV, DEMO } = config()
  if (NODE_ENV === 'production' && !DEMO) notFound()
  return children
}
