import type { Metadata } from 'next'
import { CopyLink } from '@/components/business/copy-link'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { PageHeader } from '@/components/ui/page-header'
import { Select } from '@/components/ui/select'
import { config } from '@/server/core/config'
import styles from '../admin.module.css'
import { deskOf, draftFor, type Search, searchOf } from '../desk'
import { Line, Outcome } from '../parts'
import { LogoForm } from './logo-form'

type Props = { params: Promise<{ business: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await deskOf((await params).business)).words.places.business }
}

const ours = '#0b6272'
const zones = Intl.supportedValuesOf('timeZone')
const currencies = Intl.supportedValuesOf('currency')

/** What the business says of itself, and the colour it says it in. */
export default async function ProfilePage({ params, searchParams }: Props) {
  const desk = await deskOf((await params).business, '/business')
  const { business, words, root, manages, language } = desk
  const given = await searchOf(searchParams)
  const draft = draftFor(desk, 'business', given.again)
  const names = new Intl.DisplayNames(language, { type: 'currency' })
  const typed = (name: 'timeZone' | 'currency' | 'language') => draft?.typed[name] ?? business[name]
  const snippet = [
    `<div data-slotwise="${business.slug}" style="min-height: 760px"></div>`,
    `<script src="${config().PUBLIC_URL}/embed.js" async></script>`,
  ].join('\n')
  return (
    <>
      <PageHeader title={words.places.business}>
        <a href={`${config().PUBLIC_URL}/b/${business.slug}`}>
          {new URL(config().PUBLIC_URL).host}/b/{business.slug}
        </a>
      </PageHeader>
      <Outcome desk={desk} draft={draft} saved={given.saved} />
      <Card>
        <form method="post" action={`${root}/business/save`} className={styles.form} noValidate>
          <Line name="name" label={words.fields.name} value={business.name} draft={draft} />
          <div className={styles.grid}>
            <Field label={words.fields.timeZone} error={draft?.wrong.timeZone}>
              {(control) => (
                <Select
                  {...control}
                  name="timeZone"
                  defaultValue={typed('timeZone')}
                  options={[...new Set([...zones, business.timeZone, 'UTC'])]
                    .sort()
                    .map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
                />
              )}
            </Field>
            <Field label={words.fields.currency} error={draft?.wrong.currency}>
              {(control) => (
                <Select
                  {...control}
                  name="currency"
                  defaultValue={typed('currency')}
                  options={currencies.map((value) => ({
                    value,
                    label: `${value} · ${names.of(value) ?? value}`,
                  }))}
                />
              )}
            </Field>
            <Field label={words.fields.language}>
              {(control) => (
                <Select
                  {...control}
                  name="language"
                  defaultValue={typed('language')}
                  options={(['en', 'de'] as const).map((value) => ({ value, label: words.languages[value] }))}
                />
              )}
            </Field>
          </div>
          <Field label={words.fields.accent} hint={words.fields.accentHint} error={draft?.wrong.accent}>
            {(control) => (
              <input
                {...control}
                type="color"
                name="accent"
                className={styles.colour}
                defaultValue={draft?.typed.accent ?? business.accent ?? ours}
              />
            )}
          </Field>
          <div className={styles.actions}>
            <Button type="submit" tone="primary" whyNot={manages ? null : words.forbidden}>
              {words.save}
            </Button>
          </div>
        </form>
      </Card>
      <Card title={words.widget}>
        <div className="stack">
          <p className="quiet">{words.widgetUnder}</p>
          <pre className={styles.code}>
            <code>{snippet}</code>
          </pre>
          <div className={styles.actions}>
            <CopyLink text={snippet} word={words.copy} done={words.copied} />
            <a href={`/b/${business.slug}/widget`}>{words.widgetSee}</a>
          </div>
        </div>
      </Card>
      <LogoForm desk={desk} draft={draftFor(desk, 'logo', given.again)} />
    </>
  )
}
