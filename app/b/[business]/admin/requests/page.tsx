import type { Metadata } from 'next'
import { decideWords } from '@/components/appointment/decide-words'
import { Fresh } from '@/components/appointment/fresh'
import { Button } from '@/components/ui/button'
import { Card, Facts } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/choice'
import { EmptyState } from '@/components/ui/empty-state'
import { Field } from '@/components/ui/field'
import { Check, RingCheck } from '@/components/ui/icons'
import { Input } from '@/components/ui/input'
import { Note } from '@/components/ui/note'
import { Once } from '@/components/ui/once'
import { PageHeader } from '@/components/ui/page-header'
import { undoMs } from '@/server/booking/appointment/model'
import { showUndecided } from '@/server/booking/appointment/show'
import { asked, type Desk, deskOf, type Search, searchOf } from '../desk'
import { NoMatch, SearchBar } from '../parts'
import styles from './requests.module.css'

type Props = { params: Promise<{ business: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decideWords[(await deskOf((await params).business)).language].requests }
}

/** Everything that waits for a yes or a no, decided one by one or all that are ticked at once. */
export default async function RequestsPage({ params, searchParams }: Props) {
  const desk = await deskOf((await params).business, '/requests')
  const { businessId, business, call, root, locale, language, words: admin } = desk
  const words = decideWords[language]
  const given = await searchOf(searchParams)
  const q = given.q?.trim().slice(0, 100) ?? ''
  const after = given.after && given.id ? { decideBy: given.after, id: given.id } : undefined
  const { appointments, after: next } = await asked(showUndecided.execute({ businessId, q, after }, call))
  const zone = business.timeZone
  const inWords = (said: string) => (said === 'yes' ? words.yes : said === 'no' ? words.no : said)
  const day = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: zone,
  })
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone })
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone })
  return (
    <>
      <PageHeader title={words.requests} actions={<Fresh topics={[`business:${businessId}`]} />}>
        {appointments.length > 0 ? <span className="small">{words.waiting(appointments.length)}</span> : null}
      </PageHeader>
      <Done desk={desk} given={given} />
      {appointments.length > 5 || q ? <SearchBar desk={desk} path={`${root}/requests`} q={q} /> : null}
      {appointments.length === 0 && q ? (
        <NoMatch desk={desk} path={`${root}/requests`} q={q} />
      ) : appointments.length === 0 ? (
        <Card>
          <EmptyState icon={RingCheck} title={words.nothing}>
            {words.nothingUnder}
          </EmptyState>
        </Card>
      ) : (
        <form method="post" action={`${root}/requests/decide`} className={styles.requests}>
          <Once />
          {/* Enter in the reason's field must not decide about the first request. */}
          <button type="submit" disabled hidden />
          {appointments.map((a) => (
            <Card
              key={a.id}
              title={
                <>
                  {a.clientName ?? admin.somebody}
                  <span className={styles.when}>
                    <time dateTime={a.startTime}>
                      {day.format(Date.parse(a.startTime))}, {clock.format(Date.parse(a.startTime))}
                    </time>
                  </span>
                </>
              }
              aside={
                <Checkbox
                  name={`id-${a.id}`}
                  value={a.id}
                  label={<span className="vh">{words.choose(a.clientName ?? admin.somebody)}</span>}
                />
              }
              footer={
                <div className={styles.actions}>
                  <Button type="submit" name="approve" value={a.id} tone="primary" icon={<Check />}>
                    {words.approve}
                  </Button>
                  <Button type="submit" name="decline" value={a.id}>
                    {words.decline}
                  </Button>
                  <span className="quiet small">
                    {a.decideBy ? words.decideBy(moment.format(Date.parse(a.decideBy))) : ''}
                  </span>
                </div>
              }
            >
              <p>
                {a.serviceName}, {admin.with(a.providerName)}
                {a.seats > 1 ? ` · ${a.seats}` : ''}
              </p>
              <p className="quiet small">
                {[a.clientEmail, a.clientPhone].filter(Boolean).join(' · ')}
                {' · '}
                {words.since(moment.format(Date.parse(a.askedAt)))}
              </p>
              {Object.keys(a.answers).length > 0 ? (
                <Facts facts={Object.entries(a.answers).map(([asked, said]) => [asked, inWords(said)])} />
              ) : null}
            </Card>
          ))}
          <div className={styles.bulk}>
            <Field label={words.reason} optional>
              {(control) => <Input {...control} name="reason" maxLength={500} />}
            </Field>
            <div className={styles.actions}>
              <span className={styles.all}>{words.chosen}</span>
              <Button type="submit" name="approve" value="chosen">
                {words.approve}
              </Button>
              <Button type="submit" name="decline" value="chosen">
                {words.decline}
              </Button>
            </div>
          </div>
        </form>
      )}
      {next ? (
        <p>
          <Button
            href={`${root}/requests?${new URLSearchParams({ ...(q ? { q } : {}), after: next.decideBy, id: next.id })}`}
          >
            {admin.more}
          </Button>
        </p>
      ) : null}
    </>
  )
}

/** What was just done, with the way back as long as there is one. */
function Done({
  desk: { root, language },
  given,
}: {
  desk: Desk
  given: Record<string, string | undefined>
}) {
  const words = decideWords[language]
  if (given.undone)
    return (
      <Note tone={given.undone === 'yes' ? 'info' : 'warn'} role="status">
        {given.undone === 'yes' ? words.undone : words.notUndone}
      </Note>
    )
  if (given.none)
    return (
      <Note tone="warn" role="alert">
        {words.chooseFirst}
      </Note>
    )
  const ids = given.ids?.split(',').filter(Boolean) ?? []
  const failed = Number(given.failed ?? 0)
  if (!given.did || (ids.length === 0 && failed === 0)) return null
  const fresh = Date.now() - Number(given.at ?? 0) < undoMs
  const said = given.did === 'approve' ? words.approved(ids.length) : words.declined(ids.length)
  return (
    <Note
      tone={ids.length > 0 ? 'good' : 'warn'}
      role="status"
      actions={
        fresh && ids.length > 0 ? (
          <form method="post" action={`${root}/requests/undo`} className={styles.undo}>
            <Once />
            <input type="hidden" name="ids" value={ids.join(',')} />
            <Button type="submit" size="small">
              {words.undo}
            </Button>
            <span className="quiet small">{words.tellsSoon}</span>
          </form>
        ) : null
      }
    >
      {[ids.length > 0 ? said : '', failed > 0 ? words.failed(failed) : ''].filter(Boolean).join(' ')}
    </Note>
  )
}
