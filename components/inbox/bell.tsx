'use client'

import { lazy, Suspense, useEffect, useState } from 'react'
import panel from '@/components/shell/panel.module.css'
import { useWho } from '@/components/shell/who'
import { shellWords } from '@/components/shell/words'
import { Count } from '@/components/ui/badge'
import { Bell as BellIcon } from '@/components/ui/icons'
import { useLanguage } from '@/components/ui/language'
import styles from './inbox.module.css'

const Ringing = lazy(() => import('./ringing'))

/** The way to the inbox and how much in it is new: a link, which script makes a panel that follows what comes. */
export function Bell() {
  const who = useWho()
  const [ready, setReady] = useState(false)
  useEffect(() => setReady(true), [])
  if (!who) return null
  const plain = <BellLink unread={who.unread} />
  return ready ? (
    <Suspense fallback={plain}>
      <Ringing userId={who.userId} unread={who.unread} />
    </Suspense>
  ) : (
    plain
  )
}

function BellLink({ unread }: { unread: number }) {
  const words = shellWords[useLanguage()]
  return (
    <a href="/me/inbox" className={panel.opener}>
      <BellFace unread={unread} />
      <span className="vh">{words.bell(unread)}</span>
    </a>
  )
}

export function BellFace({ unread }: { unread: number }) {
  return (
    <span className={styles.bell} aria-hidden="true">
      <BellIcon />
      {unread > 0 ? (
        <span className={styles.number}>
          <Count waits>{unread > 99 ? '99+' : unread}</Count>
        </span>
      ) : null}
    </span>
  )
}
