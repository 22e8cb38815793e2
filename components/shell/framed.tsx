import { headers } from 'next/headers'

/** Inside another site's page the bar and the foot go, before anything is painted, and that page is told how high this one is. */
export async function Framed() {
  const nonce = (await headers()).get('content-security-policy')?.match(/'nonce-([^']+)'/)?.[1]
  return <script src="/framed.js" nonce={nonce} suppressHydrationWarning />
}
