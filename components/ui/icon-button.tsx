import type { ComponentProps, ReactElement } from 'react'
import { Button } from './button'
import styles from './button.module.css'
import { cn } from './class-names'

type Props = { label: string; icon: ReactElement } & Omit<
  ComponentProps<typeof Button>,
  'children' | 'icon' | 'block'
>

/** Only where the meaning is universal (close, back, search); elsewhere a word stands beside the icon. */
export function IconButton({ label, icon, className, ...rest }: Props) {
  return (
    <Button tone="quiet" {...rest} icon={icon} aria-label={label} className={cn(styles.square, className)} />
  )
}
