'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { Count } from '@/components/ui/badge'
import { currentOf, type NavItem } from './navigation'

type Props = { items: readonly NavItem[]; all?: readonly NavItem[]; className?: string; titled?: boolean }

/** Links that know where one is. `all` are the items that compete for it, where only some are shown. */
export function NavLinks({ items, all = items, className, titled }: Props) {
  const current = currentOf(usePathname() ?? '/', all)
  return (
    <ul className={className}>
      {items.map((item) => (
        <li key={item.href}>
          <Link
            href={item.href}
            prefetch={false}
            title={titled ? item.label : undefined}
            aria-current={item.href === current?.href ? 'page' : undefined}
          >
            {item.icon}
            <span>{item.label}</span>
            {item.count ? <Count waits={item.waits}>{item.count}</Count> : null}
          </Link>
        </li>
      ))}
    </ul>
  )
}
