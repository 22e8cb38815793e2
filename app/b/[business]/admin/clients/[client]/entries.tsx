import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/choice'
import { Once } from '@/components/ui/once'
import type { showContact } from '@/server/business/contact/queries'
import styles from '../../admin.module.css'
import type { Desk } from '../../desk'
import { clientDraft, clientWords } from '../clients'

type Props = {
  desk: Desk
  path: string
  merged: Awaited<ReturnType<typeof showContact.execute>>['merged']
}

/** Who turned out to be this person, each with the way back; and the way to another one. */
export function Merged({ desk, path, merged }: Props) {
  const words = clientWords(desk)
  if (!desk.manages) return null
  return (
    <Card title={merged.length > 0 ? words.merged : words.mergeWord}>
      {merged.length > 0 ? <p className="quiet small">{words.mergedUnder}</p> : null}
      {merged.map(({ id, name, email, phone }) => (
        <div key={id} className={styles.row}>
          <span>
            <bdi>{name}</bdi>
            <br />
            <span className="quiet small">{[email, phone].filter(Boolean).join(' · ') || words.noReach}</span>
          </span>
          <form method="post" action={`${path}/separate`}>
            <Once />
            <input type="hidden" name="contact" value={id} />
            <Button type="submit" size="small" aria-label={words.separateOf(name ?? '')}>
              {words.separate}
            </Button>
          </form>
        </div>
      ))}
      <p>
        <Button href={`${path}/merge`}>{words.merge}</Button>
      </p>
    </Card>
  )
}

export function Forget({ desk, path, again }: { desk: Desk; path: string; again: string | undefined }) {
  const words = clientWords(desk)
  const draft = clientDraft(desk, 'forget', again)
  return (
    <Card title={words.forget}>
      <form method="post" action={`${path}/forget`} className={styles.form}>
        <Once />
        <p className="quiet small">{words.forgetUnder}</p>
        <Checkbox name="sure" label={words.forgetSure} error={draft ? words.forgetTick : undefined} />
        <div>
          <Button type="submit" tone="danger">
            {words.doForget}
          </Button>
        </div>
      </form>
    </Card>
  )
}
