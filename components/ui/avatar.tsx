import styles from './avatar.module.css'

type Props = { name: string; image?: string | null; size?: 'small' | 'default' | 'large'; square?: boolean }

/** A person (round) or a business (square, in its accent). The name stands beside it, so it is silent. */
export function Avatar({ name, image, size, square }: Props) {
  return (
    <span className={styles.avatar} data-size={size} data-square={square || undefined} aria-hidden="true">
      {image ? (
        // biome-ignore lint/performance/noImgElement: small, of the business's own making, and not ours to recode.
        <img src={image} alt="" width={40} height={40} loading="lazy" />
      ) : (
        initials(name, square ? 1 : 2)
      )}
    </span>
  )
}

function initials(name: string, most: number): string {
  const parts = name.trim().split(/\s+/).filter(Boolean)
  const chosen = parts.length > most ? [parts[0], ...(most > 1 ? [parts.at(-1)] : [])] : parts
  return chosen
    .map((part) => [...(part ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase()
}
