import { List, ListItem } from '@/components/ui/card'
import { Right } from '@/components/ui/icons'
import type { BookingWords } from './words'

type Service = {
  id: string
  name: string
  description: string
  durationMinutes: number
  price: { amount: number; currency: string }
}
type Props = {
  services: readonly Service[]
  language: string
  words: BookingWords
  href: (serviceId: string) => string
}

/** Money in the reader's language, from minor units. */
export function priceOf(
  { amount, currency }: Service['price'],
  language: string,
  words: BookingWords,
): string {
  if (amount === 0) return words.free
  const format = new Intl.NumberFormat(language, { style: 'currency', currency })
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

export function ChooseService({ services, language, words, href }: Props) {
  return (
    <>
      <h1>{words.chooseService}</h1>
      <List alone>
        {services.map((s) => (
          <ListItem key={s.id} href={href(s.id)} title={s.name} after={<Right />}>
            {s.description ? <span className="small">{s.description}</span> : null}
            <span className="quiet small">
              {words.minutes(s.durationMinutes)} · {priceOf(s.price, language, words)}
            </span>
          </ListItem>
        ))}
      </List>
    </>
  )
}
