import { notFound } from 'next/navigation'
import { words } from '@/server/words'

export default async function ErrorPage({ params }: { params: Promise<{ code: string }> }) {
  const { code } = await params
  const said = Object.hasOwn(words, code) ? words[code] : undefined
  if (!said) notFound()
  return (
    <main className="page">
      <h1>{said.title}</h1>
      <p>{said.detail({})}</p>
      <p className="quiet small">
        Programs see this as <code>{code}</code> in the field <code>code</code> of a problem document.
      </p>
    </main>
  )
}
