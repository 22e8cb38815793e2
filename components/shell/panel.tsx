import { type ReactNode, useId } from 'react'
import styles from './panel.module.css'

type Props = {
  /** What the button is for, after what it shows. */
  says: string
  kind?: 'person' | 'bell'
  trigger: ReactNode
  onToggle?: (open: boolean) => void
  children: ReactNode
}

/** Opens beside its button, closes by Escape or a press elsewhere: the browser's own, so that it needs no script. */
export function Panel({ says, kind, trigger, onToggle, children }: Props) {
  const id = useId()
  return (
    <>
      <button type="button" popoverTarget={id} className={styles.opener} data-kind={kind}>
        {trigger}
        <span className="vh"> {says}</span>
      </button>
      <div
        id={id}
        popover="auto"
        className={styles.panel}
        data-kind={kind}
        onToggle={onToggle && ((event) => onToggle(event.newState === 'open'))}
      >
        {children}
      </div>
    </>
  )
}
