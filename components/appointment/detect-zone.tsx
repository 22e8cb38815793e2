type Props = { shown: string; nonce: string | undefined }

/** Runs before the page is painted, so that no time changes under the reader's eyes. Without script, times stay the provider's. */
export function DetectZone({ shown, nonce }: Props) {
  return <script src="/zone.js" nonce={nonce} data-shown={shown} suppressHydrationWarning />
}
