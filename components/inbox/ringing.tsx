'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { useLive } from '@/components/api/live'
import { Panel } from '@/components/shell/panel'
import panel from '@/components/shell/panel.module.css'
import { shellWords } from '@/components/shell/words'
import { Check, Tray } from '@/components/ui/icons'
import { useLanguage } from '@/components/ui/language'
import type { Latest } from './answer'
import { BellFace } from './bell'
import styles from './inbox.module.css'
import { inboxWords } from './words'

type Props = { userId: string; unread: number }

/** One answer for all that came at once. */
const coalesceMs = 100

/** Follows what is said to whoever is signed in. What it shows is what was answered last; the way here was a link before. */
export default function Ringing({ userId, unread: drawn }: Props) {
  const language = useLanguage()
  const words = inboxWords[language]
  const [latest, setLatest] = useState<Latest | null>(null)
  const [unread, setUnread] = useState(drawn)
  const [open, setOpen] = useState(false)
  const asked = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => setUnread(drawn), [drawn])
  const ask = useCallback(async () => {
    asked.current += 1
    const mine = asked.current
    const answer = await fetch('/me/inbox/latest', { cache: 'no-store' }).catch(() => null)
    if (!answer?.ok) return
    const now = (await answer.json()) as Latest
    if (mine !== asked.current) return
    setLatest(now)
    setUnread(now.unread)
  }, [])
  const soon = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(ask, coalesceMs)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  useLive([`user:${userId}`], soon, soon)
  useEffect(() => {
    if (open) void ask()
  }, [open, ask])
  return (
    <Panel
      kind="bell"
      says={shellWords[language].bell(unread)}
      trigger={<BellFace unread={unread} />}
      onToggle={setOpen}
    >
      <div className={styles.latest}>
        <h2>{words.latest}</h2>
        <Notices latest={latest} />
        <hr />
        {unread > 0 && latest?.shownTo ? (
          <form method="post" action="/me/inbox/clear">
            <input type="hidden" name="shownTo" value={latest.shownTo} />
            <input type="hidden" name="back" value={globalThis.location?.pathname} />
            <button type="submit" className={panel.entry}>
              <Check />
              {words.clear}
            </button>
          </form>
        ) : null}
        <a href="/me/inbox" className={panel.entry}>
          <Tray />
          {words.all}
        </a>
      </div>
    </Panel>
  )
}

function Notices({ latest }: { latest: Latest | null }) {
  const words = inboxWords[useLanguage()]
  if (!latest) return <p className={styles.said}>{words.loading}</p>
  if (latest.notices.length === 0) return <p className={styles.said}>{words.caughtUp}</p>
  return (
    <ul aria-label={words.latest}>
      {latest.notices.map(({ id, unread, leads, title, about, under }) => {
        const inside = (
          <>
            <i className={styles.dot} data-read={unread ? undefined : ''} />
            <span className={styles.words}>
              <strong>
                {title}
                {unread ? <span className="vh">, {words.unread}</span> : null}
              </strong>
              {about ? <span>{about}</span> : null}
              <span>{under}</span>
            </span>
          </>
        )
        const look = { className: styles.notice, 'data-unread': unread || undefined }
        return (
          <li key={id}>
            {leads ? (
              <a href={`/me/inbox/open/${id}`} {...look}>
                {inside}
              </a>
            ) : (
              <div {...look}>{inside}</div>
            )}
          </li>
        )
      })}
    </ul>
  )
}
