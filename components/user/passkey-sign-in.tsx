'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Key } from '@/components/ui/icons'
import { Note } from '@/components/ui/note'
import { askIdentity, ceremony, useCanPasskey } from './passkey'
import styles from './user.module.css'

export function PasskeySignIn({ label, failed, next }: { label: string; failed: string; next: string }) {
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')
  const can = useCanPasskey()
  const enter = async () => {
    setState('busy')
    try {
      const options = await askIdentity('passkey/options')
      const response = options.ok && (await ceremony('get', options.body))
      const entered = response ? await askIdentity('passkey/sign-in', { response }) : null
      if (entered?.ok) location.assign(next)
      else setState('failed')
    } catch {
      setState('failed')
    }
  }
  return (
    <div className={styles.scripted} data-ready={can || undefined}>
      <Button block icon={<Key />} busy={state === 'busy'} onClick={enter}>
        {label}
      </Button>
      {state === 'failed' ? (
        <Note tone="bad" role="alert">
          {failed}
        </Note>
      ) : null}
    </div>
  )
}
