import type { ReactNode } from 'react'
import { Sort } from './icons'
import { Word } from './language'
import { Skeleton } from './skeleton'
import styles from './table.module.css'

export type Column<Row> = {
  key: string
  head: ReactNode
  cell: (row: Row) => ReactNode
  /** Numbers stand at the end, under each other. */
  end?: boolean
  /** Phones show a list: `title` leads the row, `deciding` gets a line of its own, `action` its end, `hide` is left away. */
  phone?: 'title' | 'deciding' | 'action' | 'hide'
  sort?: { href: string; now?: 'up' | 'down' }
}
type Props<Row> = {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  selected?: (row: Row) => boolean
  changed?: (row: Row) => boolean
  loading?: boolean
  empty?: ReactNode
}

/** Written out, for a table that is laid out as a list, as on phones, would lose them. */
const role = (name: string) => ({ role: name })

/** For comparing many of one thing by the same three or more columns. On phones each row is an entry of a list. */
export function Table<Row>(props: Props<Row>) {
  const { caption, columns, rows, rowKey, selected, changed, loading, empty } = props
  if (!loading && rows.length === 0 && empty) return <>{empty}</>
  return (
    <div className={styles.frame}>
      <table {...role('table')} className={styles.table} aria-busy={loading || undefined}>
        <caption className="vh">{caption}</caption>
        <thead {...role('rowgroup')}>
          <tr {...role('row')}>
            {columns.map(({ key, head, end, sort }) => (
              <th
                key={key}
                {...role('columnheader')}
                scope="col"
                data-end={end || undefined}
                aria-sort={sort?.now && (sort.now === 'up' ? 'ascending' : 'descending')}
              >
                {sort ? (
                  <a href={sort.href} data-now={sort.now}>
                    {head}
                    <Sort />
                    {sort.now ? (
                      <span className="vh">
                        , <Word of={sort.now === 'up' ? 'sortedUp' : 'sortedDown'} />
                      </span>
                    ) : null}
                  </a>
                ) : (
                  head
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...role('rowgroup')}>
          {loading
            ? [0, 1, 2].map((row) => (
                <tr {...role('row')} key={row}>
                  {columns.map(({ key, end, phone }) => (
                    <td {...role('cell')} key={key} data-end={end || undefined} data-phone={phone}>
                      <Skeleton width="short" />
                    </td>
                  ))}
                </tr>
              ))
            : rows.map((row) => (
                <tr
                  {...role('row')}
                  key={rowKey(row)}
                  data-selected={selected?.(row) || undefined}
                  data-changed={changed?.(row) || undefined}
                >
                  {columns.map(({ key, cell, end, phone }) => (
                    <td {...role('cell')} key={key} data-end={end || undefined} data-phone={phone}>
                      {cell(row)}
                    </td>
                  ))}
                </tr>
              ))}
        </tbody>
      </table>
    </div>
  )
}
