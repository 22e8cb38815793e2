import { type ReactNode, useId } from 'react'
import styles from './panel.module.css'

type Props = {
  /** What the button is for, after what it shows. */
  says: string
  kind?: 'person'
  trigger: ReactNode
  children: ReactNode
}

/** Opens beside its button, closes by Escape or a press elsewhere: the browser's own, so that it needs no script. */
export function Panel({ says, kind, trigger, children }: Props) {
  const id = useId()
  return (
    <>
      <button type="button" popoverTarget={id} className={styles.opener} data-kind={kind}>
        {trigger}
        <span className="vh"> {says}</span>
      </button>
      <div id={id} popover="auto" className={styles.panel}>
        {children}
      </div>
    </>
  )
}
