import { startWords } from '@/components/business/start-words'
import { Button } from '@/components/ui/button'
import { Spinner } from '@/components/ui/spinner'
import type { Language } from '@/server/request'
import { Frame } from '../frame'

/** What a business begins with is made by a worker, a moment after. Looks again by itself, also without script. */
export const Preparing = ({ language, at, slug }: { language: Language; at: number; slug: string }) => {
  const words = startWords[language]
  return (
    <Frame language={language} at={at} title={words.preparing} under={words.preparingUnder}>
      <meta httpEquiv="refresh" content="1" />
      <div className="row">
        <Spinner />
        <Button href={`/b/${slug}/admin`}>{words.skip}</Button>
      </div>
    </Frame>
  )
}
