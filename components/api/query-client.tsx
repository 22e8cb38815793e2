'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { ApiError } from './live-fetch'

/** The stream says when something changed; reading on every mount and focus besides would be for nothing. */
export const makeQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 3 && !(error instanceof ApiError && error.status < 500),
      },
    },
  })

export function ApiProvider({ children }: { children: ReactNode }) {
  const [queries] = useState(makeQueryClient)
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>
}
