'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { useLiveQueries } from '@/components/api/live-queries'
import { ApiProvider } from '@/components/api/query-client'
import { useTrpc } from '@/components/api/trpc'

type Shown = { status: string; startTime: string; place: string | null; providerId: string }
type Props = { id: string; token: string; shown: Shown }

const told = ['status', 'startTime', 'place', 'providerId'] as const

/** Follows one booking: when the business moves or cancels it, the page that shows it is drawn again. */
export function LiveBooking(props: Props) {
  return (
    <ApiProvider>
      <Follow {...props} />
    </ApiProvider>
  )
}

function Follow({ id, token, shown }: Props) {
  const router = useRouter()
  const booking = useTrpc().appointment.get.queryOptions(
    { id },
    { trpc: { context: { token } }, staleTime: 0 },
  )
  const { data } = useQuery(booking)
  useLiveQueries([`appointment:${id}`], [booking.queryKey], [token])
  const changed = data && told.some((field) => data[field] !== shown[field])
  useEffect(() => {
    if (changed) router.refresh()
  }, [changed, router])
  return null
}
