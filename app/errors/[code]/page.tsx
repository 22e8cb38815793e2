import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { PublicShell } from '@/components/shell/public-shell'
import { PageHeader } from '@/components/ui/page-header'
import { languageOf } from '@/server/request'
import { isCode, wordsFor } from '@/server/words'

type Props = { params: Promise<{ code: string }> }

const forPrograms = {
  en: ['Programs see this as', 'in the field', 'of a problem document.'],
  de: ['Programme sehen das als', 'im Feld', 'eines Problemdokuments.'],
}

async function said({ params }: Props) {
  const { code } = await params
  const language = languageOf(await headers())
  return { code, language, ...(isCode(code) ? wordsFor(code, language) : notFound()) }
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await said(props)).title }
}

export default async function ErrorPage(props: Props) {
  const { code, language, title, detail } = await said(props)
  const [see, field, end] = forPrograms[language]
  return (
    <PublicShell>
      <PageHeader arrival title={title}>
        {detail({})}
      </PageHeader>
      <p className="quiet small">
        {see} <code>{code}</code> {field} <code>code</code> {end}
      </p>
    </PublicShell>
  )
}
