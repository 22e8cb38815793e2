import { titled } from '@/app/around'
import { startWords } from '@/components/business/start-words'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Note } from '@/components/ui/note'
import { typedPrice } from '@/server/business/service/model-price'
import { draftOf } from '@/server/forms'
import { Frame } from '../../frame'
import { beginning, ownBusiness, visit } from '../../own'
import styles from '../../start.module.css'
import { Preparing } from '../preparing'

export const generateMetadata = titled(startWords, (words) => `${words.steps[1]}, ${words.title}`, {
  robots: { index: false },
})

type Props = {
  params: Promise<{ business: string }>
  searchParams: Promise<{ again?: string | string[] }>
}

export default async function ServicePage({ params, searchParams }: Props) {
  const { business: slug } = await params
  const { call, language, headers } = await visit()
  const business = await ownBusiness(slug, call, `/start/${slug}/service`)
  const words = startWords[language]
  const begun = await beginning(business.businessId, call)
  if (!begun) return <Preparing language={language} at={1} slug={slug} />
  const { service } = begun
  const draft = draftOf(headers, 'service', (await searchParams).again)
  const wrong = draft?.wrong ?? {}
  const { errors } = words
  return (
    <Frame language={language} at={1} slug={slug} title={words.service} under={words.serviceUnder}>
      {draft ? (
        <Note tone="bad" role="alert">
          {Object.keys(wrong).length > 0 ? words.check : errors.other}
        </Note>
      ) : null}
      <form method="post" action={`/start/${slug}/service/save`} className={styles.form} noValidate>
        <Field label={words.serviceName} hint={words.serviceHint} error={wrong.name && errors.serviceName}>
          {(control) => (
            <Input
              {...control}
              name="name"
              defaultValue={draft?.typed.name ?? service.name}
              maxLength={120}
              required
            />
          )}
        </Field>
        <div className={styles.pair}>
          <Field label={words.minutes} error={wrong.durationMinutes && errors.durationMinutes}>
            {(control) => (
              <Input
                {...control}
                name="durationMinutes"
                inputMode="numeric"
                defaultValue={draft?.typed.durationMinutes ?? service.durationMinutes}
              />
            )}
          </Field>
          <Field label={words.price} hint={words.priceHint} error={wrong.amount && errors.amount}>
            {(control) => (
              <Input
                {...control}
                name="amount"
                inputMode="decimal"
                after={service.currency}
                defaultValue={
                  draft?.typed.amount ?? (service.amount ? typedPrice(service.amount, service.currency) : '')
                }
              />
            )}
          </Field>
        </div>
        <div className={styles.actions}>
          <a href={`/start/${slug}/hours`}>{words.skip}</a>
          <Button type="submit" tone="primary" size="large">
            {words.next}
          </Button>
        </div>
      </form>
    </Frame>
  )
}
