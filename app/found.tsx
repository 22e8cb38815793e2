import { type ProviderWords, placesIn } from '@/components/provider/words'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { List, ListItem } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Search } from '@/components/ui/icons'
import type { searchProviders } from '@/server/business/provider/search'
import { shownPrice } from '@/server/business/service/model-price'
import styles from './page.module.css'

type Answer = Awaited<ReturnType<typeof searchProviders.execute>>
type Found = Answer['providers'][number]
type Props = { providers: Found[]; words: ProviderWords; locale: string }

const servicesNamed = 3

/** Who was found, what they do and for how much, and when they are free next. */
export function FoundProviders({ providers, words, locale }: Props) {
  return (
    <div className={styles.found}>
      <List alone label={words.found}>
        {providers.map((one) => (
          <ListItem
            key={one.id}
            href={`/b/${one.businessSlug}/${one.id}`}
            title={one.name}
            before={<Avatar name={one.name} />}
            after={<Next found={one} words={words} locale={locale} />}
          >
            <span className="quiet small">{one.businessName}</span>
            <span className="quiet small">{offerOf(one, words, locale)}</span>
            {one.places.length > 0 ? (
              <span className="quiet small">{placesIn(one.places, words)}</span>
            ) : null}
          </ListItem>
        ))}
      </List>
    </div>
  )
}

function Next({ found, words, locale }: { found: Found; words: ProviderWords; locale: string }) {
  if (!found.nextFree)
    return (
      <span className={styles.next}>
        <small>{words.nothingSoon}</small>
      </span>
    )
  const at = Date.parse(found.nextFree)
  const { timeZone } = found
  const day = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone })
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone })
  return (
    <span className={styles.next}>
      <small>{words.nextFree}</small>
      <time dateTime={found.nextFree}>
        {day.format(at)}, {clock.format(at)}
      </time>
      <small>{timeZone.replaceAll('_', ' ')}</small>
    </span>
  )
}

/** The first services by name, how many more there are, and the lowest price where all are in one currency. */
function offerOf({ services }: Found, words: ProviderWords, locale: string): string {
  const more = services.length - servicesNamed
  const names = services.slice(0, servicesNamed).map(({ name }) => name)
  const named = more > 0 ? `${names.join(', ')} ${words.otherServices(more)}` : names.join(', ')
  const [lowest] = services.map(({ price }) => price).sort((a, b) => a.amount - b.amount)
  if (!lowest || services.some(({ price }) => price.currency !== lowest.currency)) return named
  const price = lowest.amount === 0 ? words.free : shownPrice(lowest.amount, lowest.currency, locale)
  return `${named} · ${services.length > 1 ? words.from(price) : price}`
}

export const Nobody = ({ asked, words }: { asked: boolean; words: ProviderWords }) => (
  <div className="card">
    {asked ? (
      <EmptyState icon={Search} title={words.noneFits} action={<Button href="/">{words.everybody}</Button>}>
        {words.noneFitsUnder}
      </EmptyState>
    ) : (
      <EmptyState title={words.nobody}>{words.nobodyUnder}</EmptyState>
    )}
  </div>
)
