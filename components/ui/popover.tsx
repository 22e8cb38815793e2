'use client'

import * as Base from '@radix-ui/react-popover'
import type { ReactElement, ReactNode } from 'react'
import styles from './floating.module.css'

type Props = {
  trigger: ReactElement
  label: string
  children: ReactNode
  align?: 'start' | 'center' | 'end'
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

/** It stays beside its trigger in the document, so that it takes the trigger's accent and works inside a dialog. */
export function Popover({ trigger, label, children, align = 'start', open, onOpenChange }: Props) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Trigger asChild>{trigger}</Base.Trigger>
      <Base.Content
        className={styles.floating}
        data-kind="popover"
        aria-label={label}
        align={align}
        sideOffset={6}
        collisionPadding={12}
      >
        {children}
      </Base.Content>
    </Base.Root>
  )
}
