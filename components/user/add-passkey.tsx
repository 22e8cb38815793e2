'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Plus } from '@/components/ui/icons'
import { Note } from '@/components/ui/note'
import { browserName } from './browser-name'
import { askIdentity, ceremony, useCanPasskey } from './passkey'
import styles from './user.module.css'

export function AddPasskey({ add, failed, tooOld }: { add: string; failed: string; tooOld: string }) {
  const [said, setSaid] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const can = useCanPasskey()
  const make = async () => {
    setBusy(true)
    setSaid(null)
    try {
      const options = await askIdentity('passkey/add-options')
      const response = options.ok && (await ceremony('create', options.body))
      const name = browserName(navigator.userAgent) ?? undefined
      const added = response ? await askIdentity('passkey/add', { response, name }) : options
      if (response && added.ok) location.reload()
      else setSaid(!added.ok && added.code === 'sign_in_again' ? tooOld : failed)
    } catch {
      setSaid(failed)
    }
    setBusy(false)
  }
  return (
    <>
      <div className={styles.scripted} data-ready={can || undefined}>
        <Button icon={<Plus />} busy={busy} onClick={make}>
          {add}
        </Button>
      </div>
      {said ? (
        <Note tone="bad" role="alert">
          {said}
        </Note>
      ) : null}
    </>
  )
}
