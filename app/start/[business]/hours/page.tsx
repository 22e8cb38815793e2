import { titled } from '@/app/around'
import { startWords } from '@/components/business/start-words'
import { WeekFields } from '@/components/provider/week-fields'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Note } from '@/components/ui/note'
import { draftOf } from '@/server/forms'
import { Frame } from '../../frame'
import { beginning, ownBusiness, visit } from '../../own'
import styles from '../../start.module.css'
import { Preparing } from '../preparing'

export const generateMetadata = titled(startWords, (words) => `${words.steps[2]}, ${words.title}`, {
  robots: { index: false },
})

type Props = {
  params: Promise<{ business: string }>
  searchParams: Promise<{ again?: string | string[] }>
}

export default async function HoursPage({ params, searchParams }: Props) {
  const { business: slug } = await params
  const { call, language, headers } = await visit()
  const business = await ownBusiness(slug, call, `/start/${slug}/hours`)
  const words = startWords[language]
  const begun = await beginning(business.businessId, call)
  if (!begun) return <Preparing language={language} at={2} slug={slug} />
  const { provider } = begun
  const draft = draftOf(headers, 'hours', (await searchParams).again)
  const days = Object.keys(draft?.wrong ?? {}).filter((name) => name.startsWith('day-'))
  const zone = provider.rules.timeZone.replaceAll('_', ' ')
  return (
    <Frame language={language} at={2} slug={slug} title={words.hours} under={words.hoursUnder(zone)}>
      {draft ? (
        <Note tone="bad" role="alert">
          {draft.wrong.week ? words.errors.none : words.check}
        </Note>
      ) : null}
      <form method="post" action={`/start/${slug}/hours/save`} className={styles.form} noValidate>
        <Field label={words.who} hint={words.whoHint} error={draft?.wrong.name && words.errors.provider}>
          {(control) => (
            <Input
              {...control}
              name="name"
              defaultValue={draft?.typed.name ?? provider.name}
              maxLength={120}
              required
            />
          )}
        </Field>
        <WeekFields
          language={language}
          weekly={provider.rules.weekly}
          typed={draft?.typed}
          wrong={Object.fromEntries(days.map((day) => [day, words.errors.day]))}
        />
        <div className={styles.actions}>
          <a href={`/start/${slug}/done`}>{words.skip}</a>
          <Button type="submit" tone="primary" size="large">
            {words.publish}
          </Button>
        </div>
      </form>
    </Frame>
  )
}
