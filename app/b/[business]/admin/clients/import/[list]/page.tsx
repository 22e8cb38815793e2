import type { Metadata } from 'next'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Once } from '@/components/ui/once'
import { PageHeader } from '@/components/ui/page-header'
import { Select } from '@/components/ui/select'
import { Table } from '@/components/ui/table'
import { columnKinds, type Judged } from '@/server/business/contact/model-list'
import { previewList } from '@/server/business/contact/queries'
import styles from '../../../admin.module.css'
import { asked, deskOf, draftFor, type Search, searchOf } from '../../../desk'
import { Outcome } from '../../../parts'
import { clientWords } from '../../clients'
import own from '../../clients.module.css'

type Props = { params: Promise<{ business: string; list: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: clientWords(await deskOf((await params).business)).list.title }
}

const shown = 50

/** Which column says what, and what would become of each line. */
export default async function PreviewPage({ params, searchParams }: Props) {
  const { business: slug, list: listId } = await params
  const desk = await deskOf(slug, `/clients/import/${listId}`)
  const { businessId, call, root } = desk
  const { list: words, title } = clientWords(desk)
  const given = await searchOf(searchParams)
  const chosen = Object.entries(given).flatMap(([name, value]) => {
    const kind = columnKinds.find((known) => known === value)
    const at = /^c(\d{1,2})$/.exec(name)?.[1]
    return kind && at ? [[Number(at), kind] as const] : []
  })
  const columns = chosen.length > 0 ? chosen.sort(([a], [b]) => a - b).map(([, kind]) => kind) : undefined
  const preview = await asked(previewList.execute({ businessId, listId, columns }, call))
  const [added, out] = [
    preview.lines.filter(({ problem }) => !problem),
    preview.lines.filter(({ problem }) => problem),
  ]
  const path = `${root}/clients/import/${listId}`
  const nameless = !preview.columns.some((kind) => ['name', 'firstName', 'lastName'].includes(kind))
  const whyNot = nameless ? words.nameNeeded : added.length === 0 ? words.nobody : null
  return (
    <>
      <PageHeader title={words.title}>
        <a href={`${root}/clients`}>{title}</a>
        <p className="quiet">
          <bdi>{preview.name}</bdi>: {words.sum(added.length)}
          {out.length > 0 ? `, ${words.sumOut(out.length)}` : ''}
        </p>
      </PageHeader>
      <Outcome desk={desk} draft={draftFor(desk, 'list', given.again)} />
      <Card title={words.columns}>
        <form method="get" action={path} className={styles.form}>
          <div className={own.columns}>
            {preview.columns.map((kind, at) => (
              <Field
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                key={at}
                label={words.column(preview.titles[at] ?? '')}
                hint={preview.samples[at] ? words.example(preview.samples[at].slice(0, 40)) : undefined}
              >
                {(control) => (
                  <Select
                    {...control}
                    name={`c${at}`}
                    defaultValue={kind}
                    options={columnKinds.map((value) => ({ value, label: words.kinds[value] }))}
                  />
                )}
              </Field>
            ))}
          </div>
          <div>
            <Button type="submit">{words.again}</Button>
          </div>
        </form>
      </Card>
      <form method="post" action={`${path}/run`} className={styles.actions}>
        <Once />
        {preview.columns.map((kind, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
          <input key={at} type="hidden" name={`c${at}`} value={kind} />
        ))}
        <Button type="submit" tone="primary" whyNot={whyNot}>
          {words.run(added.length)}
        </Button>
      </form>
      {out.length > 0 ? <Lines desk={desk} heading={words.outTitle} lines={out} /> : null}
      {added.length > 0 ? <Lines desk={desk} heading={words.inTitle} lines={added} /> : null}
    </>
  )
}

type LinesProps = {
  desk: Parameters<typeof clientWords>[0]
  heading: string
  lines: Judged[]
}

function Lines({ desk, heading, lines }: LinesProps) {
  const { list: words, fields, columns: columnsOf } = clientWords(desk)
  const cell = (text: string) => <bdi className={own.reach}>{text.slice(0, 120)}</bdi>
  const why = lines.some(({ problem }) => problem)
  const columns = [
    { key: 'line', head: words.line, phone: 'hide' as const, cell: (l: Judged) => l.line },
    {
      key: 'name',
      head: fields.name,
      phone: 'title' as const,
      cell: (l: Judged) => cell(l.said.name || '–'),
    },
    {
      key: 'reach',
      head: columnsOf.reach,
      cell: (l: Judged) => cell([l.said.email, l.said.phone].filter(Boolean).join(' · ') || '–'),
    },
    ...(why
      ? [
          {
            key: 'why',
            head: words.why,
            phone: 'deciding' as const,
            cell: (l: Judged) => (l.problem ? words.problems[l.problem] : ''),
          },
        ]
      : []),
  ]
  return (
    <section className="stack">
      <h2>{heading}</h2>
      <Table
        caption={heading}
        columns={columns}
        rows={lines.slice(0, shown)}
        rowKey={(l) => String(l.line)}
      />
      {lines.length > shown ? <p className="quiet">{words.more(lines.length - shown)}</p> : null}
    </section>
  )
}
