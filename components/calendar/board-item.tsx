import type { CSSProperties } from 'react'
import { Clock, External, Hourglass, Lock, Person } from '@/components/ui/icons'
import styles from './board.module.css'
import type { Shown } from './board-model'

type Props = {
  item: Shown
  start: number
  lane?: { lane: number; of: number }
  /** It is in somebody's hand: what stands here is where it was. */
  lifted?: boolean
  changed?: boolean
  onOpen?: (href: string) => void
}

export const at = (from: number, to: number, start: number) =>
  ({ '--at': from - start, '--for': to - from }) as CSSProperties

/** One thing in a column, with its buffers, as a link to what can be done with it. */
export function BoardItem({ item, start, lane, lifted, changed, onOpen }: Props) {
  const { id, kind, from, to, before, after, href, open, status, past, moves } = item
  const place = { '--lane': lane?.lane ?? 0, '--lanes': lane?.of ?? 1 } as CSSProperties
  const look = {
    className: styles.item,
    'data-item': id,
    'data-kind': kind,
    'data-status': status ?? undefined,
    'data-past': past || undefined,
    'data-short': to - from < 29 || undefined,
    'data-tight': to - from < 44 || undefined,
    'data-moves': moves ? '' : undefined,
    'data-lifted': lifted || undefined,
    'data-changed': changed || undefined,
    style: { ...at(from, to, start), ...place },
  }
  return (
    <li>
      {before > 0 ? <div className={styles.buffer} style={at(from - before, from, start)} /> : null}
      {after > 0 ? <div className={styles.buffer} style={at(to, to + after, start)} /> : null}
      {href ? (
        <a
          {...look}
          href={href}
          draggable={false}
          aria-current={open ? 'true' : undefined}
          onClick={(event) => {
            if (!onOpen || event.metaKey || event.ctrlKey || event.shiftKey) return
            event.preventDefault()
            onOpen(href)
          }}
        >
          <Inside item={item} />
          {moves?.stretches ? <Edges /> : null}
        </a>
      ) : (
        <div {...look}>
          <Inside item={item} />
        </div>
      )}
    </li>
  )
}

const Edges = () => (
  <>
    <i className={styles.edge} data-edge="start" />
    <i className={styles.edge} data-edge="end" />
  </>
)

export function Inside({ item: { kind, title, time, what, seats, status } }: { item: Shown }) {
  const Mark =
    kind === 'block'
      ? Lock
      : kind === 'outside'
        ? External
        : kind === 'hold'
          ? Hourglass
          : status === 'pending'
            ? Clock
            : status === 'no_show'
              ? Person
              : null
  return (
    <>
      <strong>{title}</strong>
      <span>{[time, what].filter(Boolean).join(kind === 'group' ? ' · ' : ' ')}</span>
      {Mark ? <Mark /> : null}
      {seats && seats.of <= 12 ? (
        <span className={styles.seats} aria-hidden="true">
          {Array.from({ length: seats.of }, (_, n) => n).map((n) => (
            <i key={n} data-taken={n < seats.taken || undefined} />
          ))}
        </span>
      ) : null}
    </>
  )
}
