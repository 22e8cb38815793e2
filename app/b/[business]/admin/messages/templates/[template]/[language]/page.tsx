import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { templateWords } from '@/components/message/template-words'
import { TemplateEditor } from '@/components/template/template-editor'
import { Button } from '@/components/ui/button'
import { PageHeader } from '@/components/ui/page-header'
import { languages, ownableTemplates } from '@/server/notification/template/model'
import { ourWords, sampleLetter } from '@/server/notification/template/model-custom'
import { listTemplates } from '@/server/notification/template/queries'
import styles from '../../../../admin.module.css'
import { asked, deskOf, draftFor, type Search, searchOf } from '../../../../desk'
import { Outcome } from '../../../../parts'

type Props = {
  params: Promise<{ business: string; template: string; language: string }>
  searchParams: Search
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: templateWords[(await deskOf((await params).business)).language].title }
}

/** One kind of mail in one language, in the business's words or ours. */
export default async function TemplatePage({ params, searchParams }: Props) {
  const { business: slug, template: kind, language: tongue } = await params
  const desk = await deskOf(slug, `/messages/templates/${kind}/${tongue}`)
  const template = ownableTemplates.find((known) => known === kind)
  const language = languages.find((known) => known === tongue)
  if (!template || !language) notFound()
  const { businessId, business, call, root } = desk
  const words = templateWords[desk.language]
  const given = await searchOf(searchParams)
  const { templates } = await asked(listTemplates.execute({ businessId }, call))
  const own = templates.find((one) => one.template === template && one.language === language)
  const draft = draftFor(desk, 'template', given.again)
  const { subject, words: text } = own ?? ourWords(template, language)
  const path = `${root}/messages/templates/${template}/${language}`
  const sample = sampleLetter(template, language, {
    brand: { name: business.name, accent: business.accent, logo: null, url: '#' },
    timeZone: business.timeZone,
    currency: business.currency,
    now: Date.now(),
  })
  return (
    <>
      <PageHeader title={words.when[template]}>
        <a href={`${root}/messages/templates`}>{words.title}</a>
        <p className="quiet">{words.languages[language]}</p>
      </PageHeader>
      <Outcome desk={desk} draft={draft} saved={given.saved} />
      <form method="post" action={`${path}/save`} className="stack" noValidate>
        <TemplateEditor
          language={desk.language}
          sample={sample}
          said={{ subject: draft?.typed.subject ?? subject, words: draft?.typed.words ?? text }}
          refused={draft !== null}
        />
        <div className={styles.actions}>
          <Button type="submit" tone="primary" whyNot={desk.manages ? null : desk.words.forbidden}>
            {words.save}
          </Button>
        </div>
      </form>
      {own ? (
        <form method="post" action={`${path}/reset`}>
          <Button type="submit" tone="danger">
            {words.reset}
          </Button>
        </form>
      ) : null}
    </>
  )
}
