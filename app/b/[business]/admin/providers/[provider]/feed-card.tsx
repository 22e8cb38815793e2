import { CopyLink } from '@/components/business/copy-link'
import { feedWords } from '@/components/feed/words'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { providerFeedUrl } from '@/server/notification/feed/queries'
import styles from '../../admin.module.css'
import type { Desk } from '../../desk'

type Props = { desk: Desk; path: string; providerId: string; feedId: string | null }

/** The secret address under which calendar programs follow this provider's appointments. */
export function FeedCard({ desk, path, providerId, feedId }: Props) {
  const words = feedWords[desk.language]
  return (
    <Card title={words.title} id="feed">
      <p className="quiet">{words.under}</p>
      {feedId ? (
        <>
          <Field label={words.address}>
            {(control) => <Input {...control} readOnly value={providerFeedUrl(providerId, feedId)} />}
          </Field>
          <div>
            <CopyLink text={providerFeedUrl(providerId, feedId)} word={words.copy} done={words.copied} />
          </div>
          <p className="quiet small">
            {words.secret} {words.againHint}
          </p>
        </>
      ) : null}
      <div className={styles.actions}>
        <form method="post" action={`${path}/feed`}>
          <Button type="submit" name="open" value="1">
            {feedId ? words.again : words.open}
          </Button>
        </form>
        {feedId ? (
          <form method="post" action={`${path}/feed`}>
            <Button type="submit" tone="danger">
              {words.close}
            </Button>
          </form>
        ) : null}
      </div>
    </Card>
  )
}
