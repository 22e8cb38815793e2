'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { CommandPalette } from '@/components/ui/command-palette'
import { Search } from '@/components/ui/icons'

type Props = { commands: readonly { href: string; label: string; group: string }[]; word: string }

/** Everything that can be reached in the admin, by its name. */
export function CommandBar({ commands, word }: Props) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button block icon={<Search />} onClick={() => setOpen(true)}>
        {word} <kbd>⌘K</kbd>
      </Button>
      <CommandPalette
        open={open}
        onOpenChange={setOpen}
        label={word}
        placeholder={word}
        commands={commands.map(({ href, label, group }) => ({
          id: href,
          label,
          group,
          run: () => router.push(href),
        }))}
      />
    </>
  )
}
