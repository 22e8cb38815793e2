import { Button } from '@/components/ui/button'
import { External } from '@/components/ui/icons'
import type { Told } from '@/server/location/venue/model-told'
import styles from './where.module.css'
import type { VenueWords } from './words'

type Props = { told: Told; words: VenueWords; over: boolean }

const mapOf = ({ latitude, longitude }: { latitude: number; longitude: number }) =>
  `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`

/** Where somebody is expected, and how they get there. */
export function Where({ told, words, over }: Props) {
  if (told.kind === 'online')
    return (
      <div className={styles.where}>
        <strong>{words.online}</strong>
        {told.link && !over ? (
          <span>
            <Button href={told.link} icon={<External />}>
              {words.join}
            </Button>
          </span>
        ) : null}
        {told.link || over ? null : <span className="quiet small">{words.linkFollows}</span>}
      </div>
    )
  const { name, lines, phone, access, position } = told
  const at = position && mapOf(position)
  return (
    <div className={styles.where}>
      <strong>{name}</strong>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
      {phone ? <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a> : null}
      {at ? (
        <a href={at} className="small" rel="noreferrer" target="_blank">
          {words.openMap}
        </a>
      ) : null}
      {access ? (
        <p className={styles.access}>
          <span className="quiet small">{words.gettingIn}</span>
          {access}
        </p>
      ) : null}
    </div>
  )
}
