'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Check, Copy } from '@/components/ui/icons'

type Props = { text: string; word: string; done: string }

export function CopyLink({ text, word, done }: Props) {
  const [copied, setCopied] = useState(false)
  return (
    <Button
      icon={copied ? <Check /> : <Copy />}
      onClick={async () => {
        await navigator.clipboard.writeText(text)
        setCopied(true)
      }}
    >
      <span aria-live="polite">{copied ? done : word}</span>
    </Button>
  )
}
