'use client'

import * as Base from '@radix-ui/react-tooltip'
import type { ReactElement, ReactNode } from 'react'
import styles from './floating.module.css'

/** For what is nice to know about something that can be focused. What must be known stands on the page. */
export function Tooltip({ children, says }: { children: ReactElement; says: ReactNode }) {
  return (
    <Base.Provider delayDuration={400}>
      <Base.Root>
        <Base.Trigger asChild>{children}</Base.Trigger>
        <Base.Content className={styles.tooltip} sideOffset={6} collisionPadding={12}>
          {says}
        </Base.Content>
      </Base.Root>
    </Base.Provider>
  )
}
