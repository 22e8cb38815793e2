'use client'

import { useRouter } from 'next/navigation'
import type { FormEvent, ReactNode } from 'react'

type Props = { action: string; className?: string; children: ReactNode }

/** A form that asks for a page: with script it asks as soon as something is chosen, and what else is typed stays. */
export function GoesOnChange({ action, className, children }: Props) {
  const router = useRouter()
  const go = (event: FormEvent<HTMLFormElement>) => {
    const fields = [...new FormData(event.currentTarget)].filter(([, value]) => value !== '')
    const query = new URLSearchParams(fields as [string, string][])
    router.push(`${action}?${query}`, { scroll: false })
  }
  return (
    <form
      method="get"
      action={action}
      className={className}
      onChange={go}
      onSubmit={(event) => {
        event.preventDefault()
        go(event)
      }}
    >
      {children}
    </form>
  )
}
