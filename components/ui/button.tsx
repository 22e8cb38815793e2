import Link from 'next/link'
import { type ButtonHTMLAttributes, type ComponentProps, type ReactNode, type Ref, useId } from 'react'
import styles from './button.module.css'
import { cn } from './class-names'
import { Info } from './icons'
import { Spinner } from './spinner'

export type ButtonLook = {
  /** One primary for each decision. `danger` ends something; `danger-fill` confirms that it does. */
  tone?: 'default' | 'primary' | 'quiet' | 'danger' | 'danger-fill'
  size?: 'default' | 'small' | 'large'
  block?: boolean
  icon?: ReactNode
  /** Only an icon is shown; `label` says what it does. */
  children?: ReactNode
}

type Props = ButtonLook & {
  busy?: boolean
  /** Why it cannot be pressed now: a sentence, shown under it and read with it. */
  whyNot?: string | null
  /** Makes it a link that looks like a button. */
  href?: string
  /** How the link leads there, where that is not the usual way. */
  link?: Pick<ComponentProps<typeof Link>, 'prefetch' | 'scroll'>
  ref?: Ref<HTMLButtonElement>
} & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'>

export function Button(props: Props) {
  const { tone, size, block, icon, children, busy, whyNot, href, link, className, ...rest } = props
  const reason = useId()
  const look = {
    className: cn(styles.button, className),
    'data-tone': tone,
    'data-size': size,
    'data-block': block || undefined,
  }
  const inside = (
    <>
      {busy ? <Spinner /> : icon}
      {children}
    </>
  )
  if (href && !whyNot) {
    const { 'aria-label': label, id } = rest
    return (
      <Link href={href} prefetch={false} {...link} id={id} aria-label={label} {...look}>
        {inside}
      </Link>
    )
  }
  const idle = Boolean(busy || whyNot)
  const button = (
    <button
      type="button"
      {...rest}
      {...(idle ? { type: 'button', onClick: undefined, 'aria-disabled': true } : {})}
      {...look}
      data-busy={busy || undefined}
      aria-busy={busy || undefined}
      aria-describedby={cn(rest['aria-describedby'], whyNot ? reason : null)}
    >
      {inside}
    </button>
  )
  if (!whyNot) return button
  return (
    <span className={styles.explained} data-block={block || undefined}>
      {button}
      <span id={reason} className={styles.reason}>
        <Info />
        {whyNot}
      </span>
    </span>
  )
}
