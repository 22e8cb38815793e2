import type { Metadata } from 'next'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Note } from '@/components/ui/note'
import { Once } from '@/components/ui/once'
import { PageHeader } from '@/components/ui/page-header'
import styles from '../../admin.module.css'
import { deskOf, refusalOf, type Search, searchOf } from '../../desk'
import { clientDraft, clientWords } from '../clients'

type Props = { params: Promise<{ business: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: clientWords(await deskOf((await params).business)).list.title }
}

export default async function ImportPage({ params, searchParams }: Props) {
  const desk = await deskOf((await params).business, '/clients/import')
  const { list, title } = clientWords(desk)
  const draft = clientDraft(desk, 'list', (await searchOf(searchParams)).again)
  const said: Record<string, string | undefined> = { empty_list: list.empty, list_too_long: list.tooLong }
  return (
    <>
      <PageHeader title={list.title}>
        <a href={`${desk.root}/clients`}>{title}</a>
        <p className="quiet">{list.under}</p>
      </PageHeader>
      {draft && !draft.wrong.file ? (
        <Note tone="bad" role="alert">
          {said[draft.code] ?? refusalOf(desk, draft)}
        </Note>
      ) : null}
      <Card>
        <form
          method="post"
          action={`${desk.root}/clients/import/upload`}
          encType="multipart/form-data"
          className={styles.form}
        >
          <Once />
          <Field label={list.file} hint={list.limits} error={draft?.wrong.file}>
            {(control) => (
              <Input {...control} type="file" name="file" accept=".csv,.txt,.tsv,text/csv" required />
            )}
          </Field>
          <div>
            <Button type="submit" tone="primary" whyNot={desk.manages ? null : desk.words.forbidden}>
              {list.upload}
            </Button>
          </div>
        </form>
      </Card>
    </>
  )
}
