'use client'

import { Button } from '@/components/ui/button'
import { Calendar, Lock } from '@/components/ui/icons'
import { Popover } from '@/components/ui/popover'
import styles from './board.module.css'
import { at } from './board-item'
import type { CalendarWords } from './words'

type Props = {
  from: number
  to: number
  start: number
  when: string
  words: CalendarWords
  onClose: () => void
  onBook: () => void
  onBlock: () => void
}

/** A stretch of free time was marked: what shall be there? */
export function CreateChoice({ from, to, start, when, words, onClose, onBook, onBlock }: Props) {
  return (
    <div data-free-hand="" className={styles.fresh} style={at(from, to, start)}>
      <Popover
        open
        onOpenChange={(open) => !open && onClose()}
        label={words.create.label}
        trigger={
          <button type="button" className={styles.marked}>
            {when}
          </button>
        }
      >
        <div className={styles.choice}>
          <p>{when}</p>
          <Button icon={<Calendar />} onClick={onBook}>
            {words.create.book}
          </Button>
          <Button icon={<Lock />} onClick={onBlock}>
            {words.create.block}
          </Button>
        </div>
      </Popover>
    </div>
  )
}
