import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Once } from '@/components/ui/once'
import { namesOfUsers } from '@/server/auth/user/queries'
import type { showContact } from '@/server/business/contact/queries'
import type { Draft } from '@/server/forms'
import styles from '../../admin.module.css'
import type { Desk } from '../../desk'
import { Line } from '../../parts'
import { clientWords, clockOf } from '../clients'
import own from '../clients.module.css'

type Props = {
  desk: Desk
  path: string
  notes: Awaited<ReturnType<typeof showContact.execute>>['notes']
  draft: Draft | null
}

/** What the people of the business wrote down, newest first, each with who and when. */
export async function Notes({ desk, path, notes, draft }: Props) {
  const words = clientWords(desk)
  const clock = clockOf(desk)
  const me = desk.call.actor.kind === 'user' ? desk.call.actor.userId : null
  const names = await namesOfUsers(notes.flatMap(({ authorId }) => authorId ?? []))
  return (
    <Card title={words.notes} id="notes">
      <form method="post" action={`${path}/note`} className={styles.form} noValidate>
        <Once />
        <Line
          name="text"
          label={words.newNote}
          hint={words.notesUnder}
          value=""
          draft={draft}
          prose
          max={4000}
        />
        <div>
          <Button type="submit">{words.addNote}</Button>
        </div>
      </form>
      {notes.length === 0 ? null : (
        <ul className={own.notes}>
          {notes.map((note) => (
            <li key={note.id} className={own.note}>
              <p>{note.text}</p>
              <div>
                <span className="quiet small">
                  {names.get(note.authorId ?? '') ?? words.formerly},{' '}
                  <time dateTime={note.createdAt}>{clock.moment(note.createdAt)}</time>
                </span>
                {desk.manages || note.authorId === me ? (
                  <form method="post" action={`${path}/unnote`}>
                    <Once />
                    <input type="hidden" name="note" value={note.id} />
                    <Button
                      type="submit"
                      tone="quiet"
                      size="small"
                      aria-label={words.removeNoteOf(clock.moment(note.createdAt))}
                    >
                      {words.removeNote}
                    </Button>
                  </form>
                ) : null}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
