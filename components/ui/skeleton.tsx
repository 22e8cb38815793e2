import styles from './skeleton.module.css'

type Width = 'short' | 'middle' | 'long' | 'full'

/** Final size, no shimmer, seen only after 200 ms. */
export const Skeleton = ({
  width = 'middle',
  shape = 'line',
}: {
  width?: Width
  shape?: 'line' | 'badge' | 'control' | 'avatar'
}) => <span className={styles.skeleton} data-width={width} data-shape={shape} aria-hidden="true" />

export function SkeletonRows({ rows = 3, says }: { rows?: number; says: string }) {
  return (
    <div aria-busy="true">
      <p className="vh" role="status">
        {says}
      </p>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows that are not there yet have nothing else.
        <div key={row} className={styles.row}>
          <Skeleton shape="avatar" />
          <span className={styles.lines}>
            <Skeleton width={row % 2 ? 'long' : 'middle'} />
            <Skeleton width="short" />
          </span>
          <Skeleton shape="badge" />
        </div>
      ))}
    </div>
  )
}
