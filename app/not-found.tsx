import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { PublicShell } from '@/components/shell/public-shell'
import { Button } from '@/components/ui/button'
import { ArrowLeft } from '@/components/ui/icons'
import { PageHeader } from '@/components/ui/page-header'
import { wordsFor } from '@/server/words'
import { languageHere } from './around'

const back = { en: 'Back to the start', de: 'Zum Anfang' }

export async function generateMetadata(): Promise<Metadata> {
  return { title: wordsFor('not_found', await languageHere(await headers())).title }
}

export default async function NotFound() {
  const language = await languageHere(await headers())
  const { title, detail } = wordsFor('not_found', language)
  return (
    <PublicShell>
      <PageHeader arrival title={title}>
        {detail({})}
      </PageHeader>
      <p>
        <Button href="/" icon={<ArrowLeft />}>
          {back[language]}
        </Button>
      </p>
    </PublicShell>
  )
}
