import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** Scripts run only with this answer's nonce, which the framework reads from the request's copy of the policy. */
export function secure(
  req: IncomingMessage,
  res: ServerResponse,
  { dev, https, framable }: { dev: boolean; https: boolean; framable?: (path: string) => boolean },
): void {
  res.setHeader('x-content-type-options', 'nosniff')
  res.setHeader('referrer-policy', 'strict-origin-when-cross-origin')
  if (https) res.setHeader('strict-transport-security', 'max-age=31536000; includeSubDomains')
  if (req.url?.startsWith('/api/')) {
    res.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    return
  }
  if (req.url?.startsWith('/_next/')) return
  // Other sites may show what is made for it; elsewhere a frame is somebody's trick. Who is signed in here is unknown there.
  const framed = req.headers['sec-fetch-dest'] === 'iframe' && framable?.(req.url ?? '') === true
  const nonce = randomBytes(16).toString('base64')
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${dev ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${framed ? '*' : "'none'"}`,
    ...(https ? ['upgrade-insecure-requests'] : []),
  ].join('; ')
  req.headers['content-security-policy'] = policy
  res.setHeader('content-security-policy', policy)
  if (!framed) res.setHeader('x-frame-options', 'DENY')
  res.setHeader('permissions-policy', 'camera=(self), geolocation=(self), microphone=(), payment=(self)')
  res.setHeader('cross-origin-opener-policy', 'same-origin')
}
