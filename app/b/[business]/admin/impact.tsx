import { Impact } from '@/components/calendar/impact'
import { impactWords } from '@/components/calendar/impact-words'
import { LooksByItself } from '@/components/calendar/looks-by-itself'
import { Button } from '@/components/ui/button'
import { Note } from '@/components/ui/note'
import { isRefusal } from '@/server/core/errors'
import type { Draft } from '@/server/forms'
import type { RulesImpact } from '@/server/scheduling/calendar/model-impact'
import styles from './admin.module.css'
import { asked, bookingAt, type Desk } from './desk'

/** A form whose change is looked at before it is made: what it says now, and whether that was asked for or refused. */
export type Looked = Draft & { isTyping: boolean }

export function lookedAt(
  name: string,
  given: Record<string, string | undefined>,
  draft: Draft | null,
): Looked | null {
  if (draft) return { ...draft, isTyping: false }
  if (given.look !== name) return null
  const typed = Object.fromEntries(Object.entries(given).map(([field, value]) => [field, value ?? '']))
  return { typed, wrong: {}, code: '', isTyping: Boolean(given.typing) }
}

/** The preview, or what is wrong with what was typed. */
export async function lookOr(
  desk: Desk,
  preview: Promise<RulesImpact>,
): Promise<{ impact: RulesImpact | null; wrong: Record<string, string> }> {
  try {
    return { impact: await preview, wrong: {} }
  } catch (error) {
    if (!isRefusal(error) || error.kind !== 'malformed') return asked(Promise.reject(error))
    const named = Object.entries((error.data.errors as Record<string, string> | undefined) ?? {})
    const wrong = named.map(([path, why]) => {
      const field = path.split('.').at(-1) ?? path
      return [field, desk.words.errors[field] ?? why]
    })
    return { impact: null, wrong: Object.fromEntries(wrong) }
  }
}

type Props = {
  desk: Desk
  /** Which of a page's forms this is, and the page's own address. */
  name: string
  at: string
  /** Null where nothing was looked at, or what was typed cannot be understood yet. */
  impact: RulesImpact | null
  looked: Looked | null
  whyNot?: string | null
  primary?: boolean
  /** What is done by it, where that is more than saving. */
  save?: string
}

/** The end of such a form: what it would bring about, and the buttons. The impact's version goes along. */
export function ImpactAndSave(props: Props) {
  const { desk, name, at, impact, looked, whyNot, primary, save = desk.words.save } = props
  const words = impactWords[desk.language]
  const breaks = impact !== null && impact.broken.length > 0
  return (
    <>
      {impact ? (
        <Impact
          {...{ impact, words }}
          locale={desk.locale}
          bookingAt={(id, time) => bookingAt(desk, impact.timeZone, id, time)}
        />
      ) : null}
      {looked && !impact && looked.isTyping ? <Note>{words.waits}</Note> : null}
      <input type="hidden" name="seen" value={impact?.version ?? ''} />
      <div className={styles.actions}>
        <Button type="submit" tone={breaks ? 'danger' : primary ? 'primary' : undefined} whyNot={whyNot}>
          {breaks ? words.saveAll : save}
        </Button>
        <Button type="submit" formMethod="get" formAction={at} name="look" value={name}>
          {words.look}
        </Button>
        <LooksByItself at={at} look={name} />
      </div>
    </>
  )
}
