'use client'

import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Bell, RingCheck } from '@/components/ui/icons'
import { useLanguage } from '@/components/ui/language'
import { Note } from '@/components/ui/note'
import { type Standing, standing, subscribe, unsubscribe } from './subscription'
import { browserWords } from './words'

type Props = {
  /** What to subscribe with. */
  publicKey: string
  known: readonly { id: string; hash: string }[]
}

/** Turns notices on and off where somebody sits, and says why where that cannot be done. */
export function ThisBrowser({ publicKey, known }: Props) {
  const words = browserWords[useLanguage()]
  const [is, setIs] = useState<Standing | null>(null)
  const [mine, setMine] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState(false)
  const hashes = known.map(({ hash }) => hash).join()
  useEffect(() => {
    let left = false
    standing(hashes.split(',')).then((now) => {
      if (left) return
      setIs(now.is)
      setMine(now.hash)
    })
    return () => {
      left = true
    }
  }, [hashes])
  const turnOn = async () => {
    setBusy(true)
    setFailed(false)
    try {
      if (await subscribe(publicKey)) return location.reload()
      setIs(Notification.permission === 'denied' ? 'denied' : 'off')
    } catch {
      setFailed(true)
    }
    setBusy(false)
  }
  const own = known.find(({ hash }) => hash === mine)
  if (is === null) return <noscript>{words.noScript}</noscript>
  if (is === 'unable') return <p className="quiet">{words.none}</p>
  if (is === 'denied') return <Note tone="hold">{words.denied}</Note>
  if (is === 'on' && own)
    return (
      <form
        method="post"
        action="/me/account/messages/forget"
        className="row"
        onSubmit={() => void unsubscribe()}
      >
        <RingCheck />
        <span>{words.on}</span>
        <input type="hidden" name="browserId" value={own.id} />
        <Button type="submit" size="small">
          {words.turnOff}
        </Button>
      </form>
    )
  return (
    <>
      {failed ? (
        <Note tone="bad" role="alert">
          {words.failed}
        </Note>
      ) : null}
      <div>
        <Button icon={<Bell />} busy={busy} onClick={turnOn}>
          {words.turnOn}
        </Button>
      </div>
    </>
  )
}
