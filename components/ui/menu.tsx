'use client'

import * as Base from '@radix-ui/react-dropdown-menu'
import { Fragment, type ReactElement, type ReactNode } from 'react'
import styles from './floating.module.css'

export type MenuItem = {
  label: ReactNode
  icon?: ReactNode
  onSelect?: () => void
  href?: string
  tone?: 'danger'
  /** Why it cannot be done now, shown under it. */
  whyNot?: string | null
  hint?: ReactNode
  checked?: boolean
}
type Props = {
  trigger: ReactElement
  /** Groups, divided by a line. */
  items: readonly (readonly MenuItem[])[]
  align?: 'start' | 'end'
}

export function Menu({ trigger, items, align = 'end' }: Props) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger asChild>{trigger}</Base.Trigger>
      <Base.Content
        className={styles.floating}
        data-kind="menu"
        align={align}
        sideOffset={6}
        collisionPadding={12}
        loop
      >
        {items.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups have no other name, and stay in their order.
          <Fragment key={index}>
            {index ? <Base.Separator className={styles.rule} /> : null}
            {group.map((item, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above.
              <Item key={at} {...item} />
            ))}
          </Fragment>
        ))}
      </Base.Content>
    </Base.Root>
  )
}

function Item({ label, icon, onSelect, href, tone, whyNot, hint, checked }: MenuItem) {
  const inside = (
    <>
      {icon}
      <span className={styles.words}>
        {label}
        {whyNot ? <small>{whyNot}</small> : null}
      </span>
      {hint ? <span className={styles.hint}>{hint}</span> : null}
    </>
  )
  const shared = { className: styles.item, 'data-tone': tone, disabled: Boolean(whyNot) }
  if (checked !== undefined)
    return (
      <Base.CheckboxItem {...shared} checked={checked} onSelect={onSelect} data-check="">
        {inside}
      </Base.CheckboxItem>
    )
  return (
    <Base.Item {...shared} onSelect={onSelect} asChild={Boolean(href && !whyNot)}>
      {href && !whyNot ? <a href={href}>{inside}</a> : inside}
    </Base.Item>
  )
}
