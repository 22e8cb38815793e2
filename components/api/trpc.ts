'use client'

import { useQueryClient } from '@tanstack/react-query'
import { createTRPCClient, httpBatchLink, httpLink, splitLink } from '@trpc/client'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { useMemo } from 'react'
import type { AppRouter } from '@/server/router'

const url = '/api/trpc'

/** Calls of one moment go together; one that carries a link's token goes alone, since the token is for that call only. */
const client = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (call) => typeof call.context.token === 'string',
      true: httpLink({ url, headers: ({ op }) => ({ authorization: `Bearer ${op.context.token}` }) }),
      false: httpBatchLink({ url, maxItems: 20 }),
    }),
  ],
})

/** Every procedure as React Query's options, typed from the server's own definitions. */
export function useTrpc() {
  const queryClient = useQueryClient()
  return useMemo(() => createTRPCOptionsProxy<AppRouter>({ client, queryClient }), [queryClient])
}
