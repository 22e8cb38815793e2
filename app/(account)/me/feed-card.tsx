import { ownWords } from '@/components/appointment/own-words'
import { CopyLink } from '@/components/business/copy-link'
import { feedWords } from '@/components/feed/words'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { Language } from '@/server/request'

/** The secret address under which a calendar program follows all that somebody booked. */
export function FeedCard({ url, language }: { url: string | null; language: Language }) {
  const [words, feed] = [ownWords[language], feedWords[language]]
  return (
    <Card title={words.feed} id="feed">
      <p className="quiet">{words.feedUnder}</p>
      {url ? (
        <>
          <Field label={feed.address} hint={`${words.feedSecret} ${feed.againHint}`}>
            {(control) => <Input {...control} readOnly value={url} />}
          </Field>
          <div className="row">
            <Button href={url.replace(/^https?:/, 'webcal:')}>{words.follow}</Button>
            <CopyLink text={url} word={feed.copy} done={feed.copied} />
          </div>
        </>
      ) : null}
      <div className="row">
        <form method="post" action="/me/feed">
          <Button type="submit" name="open" value="1" tone={url ? 'quiet' : undefined}>
            {url ? feed.again : feed.open}
          </Button>
        </form>
        {url ? (
          <form method="post" action="/me/feed">
            <Button type="submit" tone="danger">
              {feed.close}
            </Button>
          </form>
        ) : null}
      </div>
    </Card>
  )
}
