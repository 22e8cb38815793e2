'use client'

import type { ComponentProps } from 'react'
import { Button } from './button'
import styles from './floating.module.css'
import { Search } from './icons'
import { Kbd } from './kbd'
import { Word } from './language'

type Props = { label?: string; keys?: string } & Pick<ComponentProps<typeof Button>, 'onClick' | 'ref'>

/** Looks like the field that it opens. */
export const CommandButton = ({ label, keys, ...rest }: Props) => (
  <Button
    {...rest}
    block
    icon={<Search />}
    className={styles.commandButton}
    aria-keyshortcuts="Control+K Meta+K"
  >
    <span className={styles.words}>{label ?? <Word of="searchOrRun" />}</span>
    {keys ? (
      <span aria-hidden="true">
        <Kbd>{keys}</Kbd>
      </span>
    ) : null}
  </Button>
)
