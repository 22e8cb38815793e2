import type { Instrumentation } from 'next'

/** The framework tells here what went wrong while it drew a page. */
export const onRequestError: Instrumentation.onRequestError = async (error, request) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { recordPageError } = await import('@/server/core/page-errors')
  const id = request.headers['x-request-id']
  recordPageError(error, request.path, Array.isArray(id) ? id[0] : id)
}
