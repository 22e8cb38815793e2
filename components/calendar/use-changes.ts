'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo, useRef, useState, useTransition } from 'react'
import { useTrpc } from '@/components/api/trpc'
import { dismiss, toast } from '@/components/ui/toast'
import { afterMoves, type Day, instantOf, type Placed, type Shown, type Stretch } from './board-model'
import type { CalendarWords } from './words'

type Props<D extends Day> = { days: readonly D[]; businessId: string; words: CalendarWords; says: Says }

/** How a stretch of a day is written. */
export type Says = { stretch: (day: Day, at: Stretch) => string; clock: (day: Day, minute: number) => string }

type Refused = { what: string; why: string; with: string }
type Problem = { code?: string }

const iso = (at: number) => new Date(at).toISOString().replace('.000Z', 'Z')

/** Shows what was done before the server answers, offers the way back, and puts back what was refused. */
export function useChanges<D extends Day>({ days: given, businessId, words, says }: Props<D>) {
  const router = useRouter()
  const trpc = useTrpc()
  const [moves, setMoves] = useState<ReadonlyMap<string, Placed>>(new Map())
  const [making, setMaking] = useState<(Stretch & { key: string }) | null>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  const [, startTransition] = useTransition()
  const lastSaid = useRef(0)
  const reschedule = useMutation(trpc.appointment.reschedule.mutationOptions())
  const takeBack = useMutation(trpc.appointment.undo.mutationOptions())
  const changeBlock = useMutation(trpc.calendar.changeBlock.mutationOptions())
  const block = useMutation(trpc.calendar.block.mutationOptions())
  const unblock = useMutation(trpc.calendar.unblock.mutationOptions())
  const days = useMemo(
    () => withMaking(afterMoves(given, moves), making, words),
    [given, moves, making, words],
  )

  const put = (id: string, at: Placed | null) =>
    setMoves((before) => {
      const after = new Map(before)
      if (at) after.set(id, at)
      else after.delete(id)
      return after
    })

  /** Only the last thing done has a way back: what was said before goes as soon as something else is begun. */
  const begin = () => {
    dismiss(lastSaid.current)
    setRefused(null)
  }
  const say = (text: string, undo?: () => void) => {
    dismiss(lastSaid.current)
    lastSaid.current = toast(text, { undo })
  }

  /** What was shown early stays until the page itself says the same. */
  const settle = (clear: () => void) =>
    startTransition(() => {
      router.refresh()
      clear()
    })

  type Work = {
    what: string
    work: Promise<unknown>
    clear: () => void
    done: (answer: unknown) => void
    there?: readonly Shown[]
  }

  const attempt = ({ what, work, clear, done, there = [] }: Work) =>
    work.then(
      (answer) => {
        settle(clear)
        done(answer)
      },
      (error: unknown) => {
        const { code = 'unavailable' } = problemOf(error)
        const why = words.refusals[code] ?? words.refused
        const clashing = ['slot_taken', 'slot_conflict'].includes(code) ? there : []
        clear()
        setRefused({ what, why, with: clashing.map((item) => `${item.name}, ${item.time}`).join('; ') })
        router.refresh()
      },
    )

  const send = (item: Shown, providerId: string, startsAt: number, endsAt: number) =>
    item.kind === 'block'
      ? changeBlock.mutateAsync({
          businessId,
          blockId: item.id,
          providerId,
          startTime: iso(startsAt),
          endTime: iso(endsAt),
        })
      : reschedule.mutateAsync({
          id: item.id,
          startTime: iso(startsAt),
          ...(endsAt - startsAt === item.endsAt - item.startsAt ? {} : { endTime: iso(endsAt) }),
          ...(providerId === item.providerId ? {} : { providerId }),
        })

  function move(item: Shown, day: D, to: Stretch, there: readonly Shown[]) {
    const startsAt = instantOf(day, to.from)
    const stretched = to.to - to.from !== item.to - item.from
    const typed = item.kind === 'block' || stretched
    const endsAt = typed ? instantOf(day, to.to) : startsAt + item.endsAt - item.startsAt
    begin()
    put(item.id, { key: day.key, from: to.from, to: to.to, time: says.clock(day, to.from) })
    void attempt({
      what: words.failed(item.name),
      work: send(item, day.providerId, startsAt, endsAt),
      clear: () => put(item.id, null),
      done: (answer) => {
        const text = words.moved(item.name, says.stretch(day, to))
        say(wentElsewhere(answer) ? `${text} ${words.elsewhere}` : text, () => putBack(item))
      },
      there,
    })
  }

  function putBack(item: Shown) {
    const day = given.find((one) => one.items.some((i) => i.id === item.id && i.from === item.from))
    if (day) put(item.id, { key: day.key, from: item.from, to: item.to, time: item.time })
    void attempt({
      what: words.failed(item.name),
      work:
        item.kind === 'block'
          ? send(item, item.providerId, item.startsAt, item.endsAt)
          : takeBack.mutateAsync({ id: item.id }),
      clear: () => put(item.id, null),
      done: () => say(words.undone(item.name)),
    })
  }

  function blockTime(day: D, at: Stretch, there: readonly Shown[]) {
    begin()
    setMaking({ key: day.key, ...at })
    const startTime = iso(instantOf(day, at.from))
    const endTime = iso(instantOf(day, at.to))
    const work = block.mutateAsync({ businessId, providerId: day.providerId, startTime, endTime })
    const free = async () => {
      const { blockId } = await work
      return unblock.mutateAsync({ businessId, blockId })
    }
    void attempt({
      what: words.notBlocked,
      work,
      clear: () => setMaking(null),
      done: () =>
        say(words.blocked(says.stretch(day, at)), () =>
          attempt({
            what: words.failed(words.theBlock),
            work: free(),
            clear: () => {},
            done: () => say(words.freed),
          }),
        ),
      there,
    })
  }

  return { days, move, blockTime, refused, forget: () => setRefused(null) }
}

/** Whether a booking went to another place with its time. */
const wentElsewhere = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'isElsewhere' in answer && answer.isElsewhere === true

function withMaking<D extends Day>(
  days: D[],
  making: (Stretch & { key: string }) | null,
  words: CalendarWords,
): D[] {
  if (!making) return days
  const { key, from, to } = making
  return days.map((day) => {
    if (day.key !== key || day.items.some((i) => i.kind === 'block' && i.from === from && i.to === to))
      return day
    const startsAt = instantOf(day, from)
    const made: Shown = {
      id: 'making',
      kind: 'block',
      from,
      to,
      before: 0,
      after: 0,
      providerId: day.providerId,
      startsAt,
      endsAt: startsAt,
      title: words.legend.blocked,
      name: words.theBlock,
      time: '',
      what: '',
    }
    return { ...day, items: [...day.items, made] }
  })
}

const problemOf = (error: unknown): Problem =>
  (error as { data?: { problem?: Problem } } | null)?.data?.problem ?? {}
