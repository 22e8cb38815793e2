import { toString as draw } from 'qrcode'
import styles from './start.module.css'

/** A code that phones read, drawn on the server. Always dark on white: many cameras read nothing else. */
export async function QrCode({ text, label }: { text: string; label: string }) {
  const svg = await draw(text, { type: 'svg', margin: 1, errorCorrectionLevel: 'M' })
  return (
    <div
      className={styles.code}
      role="img"
      aria-label={label}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: made here, from paths alone.
      dangerouslySetInnerHTML={{ __html: svg }}
    />
  )
}
