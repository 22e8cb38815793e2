import { notFound } from 'next/navigation'
import { PublicShell } from '@/components/shell/public-shell'
import { PageHeader } from '@/components/ui/page-header'
import { words } from '@/server/words'

export default async function ErrorPage({ params }: { params: Promise<{ code: string }> }) {
  const { code } = await params
  const said = Object.hasOwn(words, code) ? words[code] : undefined
  if (!said) notFound()
  return (
    <PublicShell>
      <PageHeader arrival title={said.title}>
        {said.detail({})}
      </PageHeader>
      <p className="quiet small">
        Programs see this as <code>{code}</code> in the field <code>code</code> of a problem document.
      </p>
    </PublicShell>
  )
}
