import type { CSSProperties, ReactNode } from 'react'
import { Hourglass, Lock } from '@/components/ui/icons'
import styles from './board.module.css'

export type Shown = {
  id: string
  kind: 'appointment' | 'group' | 'hold' | 'block'
  from: number
  to: number
  before: number
  after: number
  title: string
  under: string
  href?: string
  open?: boolean
  seats?: { taken: number; of: number } | null
  /** It is over. */
  past?: boolean
}

export type ShownColumn = {
  key: string
  head: ReactNode
  name: string
  today?: boolean
  off: readonly { from: number; to: number }[]
  items: readonly Shown[]
  now: number | null
}

type Props = {
  label: string
  columns: readonly ShownColumn[]
  from: number
  to: number
  corner: ReactNode
  hour: (minute: number) => string
  offWord: string
}

const at = (from: number, to: number, start: number) =>
  ({ '--at': from - start, '--for': to - from }) as CSSProperties

/** Days beside each other, hours down: what is booked, held and blocked, as links. Drawn without script. */
export function Board({ label, columns, from, to, corner, hour, offWord }: Props) {
  const hours = Array.from({ length: Math.floor((to - from) / 60) + 1 }, (_, n) => from + n * 60)
  const cut = (stretch: { from: number; to: number }) => ({
    from: Math.max(from, stretch.from),
    to: Math.min(to, stretch.to),
  })
  return (
    <section className={styles.frame} aria-label={label} tabIndex={-1}>
      <div
        className={styles.board}
        style={{ '--columns': columns.length, '--span': to - from } as CSSProperties}
      >
        <div className={styles.corner}>{corner}</div>
        {columns.map((column) => (
          <h2 key={column.key} className={styles.head} data-today={column.today || undefined}>
            {column.head}
          </h2>
        ))}
        <div className={styles.hours} aria-hidden="true">
          {hours.slice(1, -1).map((minute) => (
            <span key={minute} style={at(minute, minute, from)}>
              {hour(minute)}
            </span>
          ))}
        </div>
        {columns.map((column) => (
          <div key={column.key} className={styles.column} data-today={column.today || undefined}>
            {column.off.map(cut).map((o) =>
              o.to > o.from ? (
                <div key={o.from} className={styles.off} style={at(o.from, o.to, from)}>
                  {o.to - o.from >= to - from ? <span>{offWord}</span> : null}
                </div>
              ) : null,
            )}
            <ul aria-label={column.name}>
              {column.items.map((item) => (
                <Item key={item.id} item={item} start={from} />
              ))}
            </ul>
            {column.now !== null && column.now >= from && column.now <= to ? (
              <div className={styles.now} style={at(column.now, column.now, from)} />
            ) : null}
          </div>
        ))}
      </div>
    </section>
  )
}

function Item({ item, start }: { item: Shown; start: number }) {
  const { kind, title, under, href, open, seats, past } = item
  const inside = (
    <>
      <strong>{title}</strong>
      <span>{under}</span>
      {kind === 'block' ? <Lock /> : kind === 'hold' ? <Hourglass /> : null}
      {seats && seats.of <= 12 ? (
        <span className={styles.seats} aria-hidden="true">
          {Array.from({ length: seats.of }, (_, n) => n).map((n) => (
            <i key={n} data-taken={n < seats.taken || undefined} />
          ))}
        </span>
      ) : null}
    </>
  )
  return (
    <li>
      {item.before > 0 ? (
        <div className={styles.buffer} style={at(item.from - item.before, item.from, start)} />
      ) : null}
      {item.after > 0 ? (
        <div className={styles.buffer} style={at(item.to, item.to + item.after, start)} />
      ) : null}
      {href ? (
        <a
          href={href}
          className={styles.item}
          data-kind={kind}
          data-past={past || undefined}
          data-short={item.to - item.from < 29 || undefined}
          aria-current={open ? 'true' : undefined}
          style={at(item.from, item.to, start)}
        >
          {inside}
        </a>
      ) : (
        <div
          className={styles.item}
          data-kind={kind}
          data-short={item.to - item.from < 29 || undefined}
          style={at(item.from, item.to, start)}
        >
          {inside}
        </div>
      )}
    </li>
  )
}

export const Legend = ({
  words,
}: {
  words: Record<'booked' | 'group' | 'held' | 'blocked' | 'buffer', string>
}) => (
  <ul className={styles.legend}>
    {(['booked', 'group', 'held', 'blocked', 'buffer'] as const).map((kind) => (
      <li key={kind}>
        <i data-kind={kind} />
        {words[kind]}
      </li>
    ))}
  </ul>
)
