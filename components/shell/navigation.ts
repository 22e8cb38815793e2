import type { ReactNode } from 'react'

export type NavItem = {
  href: string
  label: string
  icon?: ReactNode
  count?: number
  /** The count waits for this person. */
  waits?: boolean
}
export type NavGroup = { title?: string; items: readonly NavItem[] }

/** Where a business's pages are reached by its own host, its part of the path is not shown. */
const local = (path: string) => path.replace(/^\/b\/[^/]+(?=\/|$)/, '').replace(/\/+$/, '') || '/'

/** The item that the page belongs to: the longest address that the page's begins with. */
export function currentOf(path: string, items: readonly NavItem[]): NavItem | undefined {
  const here = local(path)
  return items
    .filter(({ href }) => {
      const there = local(new URL(href, 'http://x').pathname)
      return here === there || (there !== '/' && here.startsWith(`${there}/`))
    })
    .sort((a, b) => b.href.length - a.href.length)[0]
}
