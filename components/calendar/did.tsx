'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { ApiProvider } from '@/components/api/query-client'
import { useTrpc } from '@/components/api/trpc'
import { calendarWords } from '@/components/calendar/words'
import { toast } from '@/components/ui/toast'

type Props = { given: Record<string, string | undefined>; language: 'en' | 'de'; clean: string }

/** Says what a form did, with the way back for as long as there is one. */
export const Did = (props: Props) => (
  <ApiProvider>
    <Said {...props} />
  </ApiProvider>
)

function Said({ given: { did, id }, language, clean }: Props) {
  const router = useRouter()
  const words = calendarWords[language]
  const undo = useMutation(useTrpc().appointment.undo.mutationOptions())
  const told = useRef('')
  useEffect(() => {
    const text = did && words.did[did]
    if (!text || !id || told.current === did + id) return
    told.current = did + id
    const back = () =>
      undo.mutateAsync({ id }).then(
        () => {
          toast(words.undoneOne)
          router.refresh()
        },
        () => toast(words.tooLate),
      )
    toast(text, did === 'booked' ? {} : { undo: back })
    router.replace(clean, { scroll: false })
  }, [did, id, words, undo, router, clean])
  return null
}
