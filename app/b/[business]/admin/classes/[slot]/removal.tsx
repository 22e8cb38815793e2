import { classWords } from '@/components/series/class-words'
import { ImpactList } from '@/components/series/impact-list'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Trash } from '@/components/ui/icons'
import { Once } from '@/components/ui/once'
import styles from '../../admin.module.css'
import type { Desk } from '../../desk'
import { attempt } from '../form'
import { removalOf, type ShownSlot, scopeOf, scopesOf } from './change'

type Props = { desk: Desk; slot: ShownSlot; asked: string | undefined }

/** Taking it back, or its series: first who is touched by it. */
export async function Removal({ desk, slot, asked }: Props) {
  const { businessId, call, language, locale, root } = desk
  const words = classWords[language]
  const path = `${root}/classes/${slot.id}`
  const found = asked ? await attempt(removalOf(businessId, slot, asked).preview(call)) : null
  const impact = found && 'answer' in found ? found.answer : null
  const scope = scopeOf(slot, asked)
  return (
    <Card title={words.remove} id="remove">
      <p className="quiet">{words.removeUnder}</p>
      {impact ? (
        <>
          <ImpactList
            {...{ impact, words, locale }}
            zone={slot.timeZone}
            slotAt={(id) => `${root}/classes/${id}`}
          />
          <form method="post" action={`${path}/remove`} className="stack">
            <Once />
            <input type="hidden" name="scope" value={scope} />
            <input type="hidden" name="version" value={impact.version} />
            <p>{impact.people > 0 ? words.toldLost(impact.people) : words.nobody}</p>
            <div className={styles.actions}>
              <Button href={path}>{desk.words.keep}</Button>
              <Button type="submit" tone="danger-fill" icon={<Trash />}>
                {words.doRemove[scope]}
              </Button>
            </div>
          </form>
        </>
      ) : (
        <div className={styles.actions}>
          {scopesOf(slot).map((each) => (
            <Button key={each} href={`${path}?remove=${each}#remove`} tone="danger">
              {words.removes[each]}
            </Button>
          ))}
        </div>
      )}
    </Card>
  )
}
