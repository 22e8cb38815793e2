'use client'

import { type ReactNode, useEffect, useId, useRef } from 'react'
import { cn } from './class-names'
import styles from './dialog.module.css'
import { IconButton } from './icon-button'
import { Close } from './icons'
import { useWords } from './language'

type Props = {
  open: boolean
  /** Escape, the cross, or a press beside it. */
  onClose: () => void
  title: ReactNode
  /** Only read aloud, where the content says it already. */
  titleHidden?: boolean
  children: ReactNode
  footer?: ReactNode
  /** `sheet`: from the end of the page, and from below on a phone. */
  kind?: 'dialog' | 'sheet' | 'palette'
}

/** The browser's own dialog: it keeps the focus, makes the rest inert, closes by Escape and gives the focus back. */
export function Dialog({ open, onClose, title, titleHidden, children, footer, kind = 'dialog' }: Props) {
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  const words = useWords()
  useEffect(() => {
    const dialog = ref.current
    if (open && !dialog?.open) dialog?.showModal()
    if (!open && dialog?.open) dialog.close()
  }, [open])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does what a press beside it does.
    <dialog
      ref={ref}
      className={styles.dialog}
      data-kind={kind}
      aria-labelledby={id}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      <div className={styles.inside}>
        <header className={cn(styles.head, titleHidden && 'vh')}>
          <h2 id={id}>{title}</h2>
          {titleHidden ? null : (
            <IconButton label={words.close} icon={<Close />} onClick={onClose} size="small" />
          )}
        </header>
        {open ? <div className={styles.body}>{children}</div> : null}
        {footer ? <footer className={styles.foot}>{footer}</footer> : null}
      </div>
    </dialog>
  )
}

export const Sheet = (props: Omit<Props, 'kind'>) => <Dialog {...props} kind="sheet" />
