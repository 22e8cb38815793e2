import type { Metadata } from 'next'
import { sentWords } from '@/components/message/sent-words'
import { templateWords } from '@/components/message/template-words'
import { Badge } from '@/components/ui/badge'
import { Card, List, ListItem } from '@/components/ui/card'
import { Circle, Pencil } from '@/components/ui/icons'
import { PageHeader } from '@/components/ui/page-header'
import { languages, ownableTemplates } from '@/server/notification/template/model'
import { listTemplates } from '@/server/notification/template/queries'
import { asked, deskOf } from '../../desk'

type Props = { params: Promise<{ business: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: templateWords[(await deskOf((await params).business)).language].title }
}

/** Every kind of mail about a booking, in every language, and in whose words it is. */
export default async function TemplatesPage({ params }: Props) {
  const desk = await deskOf((await params).business, '/messages/templates')
  const words = templateWords[desk.language]
  const { templates } = await asked(listTemplates.execute({ businessId: desk.businessId }, desk.call))
  const isOwn = (template: string, language: string) =>
    templates.some((one) => one.template === template && one.language === language)
  return (
    <>
      <PageHeader title={words.title}>
        <a href={`${desk.root}/messages`}>{sentWords[desk.language].title}</a>
        <p className="quiet">{words.under}</p>
      </PageHeader>
      {languages.map((language) => (
        <Card key={language} title={words.languages[language]} flush>
          <List label={words.languages[language]}>
            {ownableTemplates.map((template) => {
              const own = isOwn(template, language)
              return (
                <ListItem
                  key={template}
                  href={`${desk.root}/messages/templates/${template}/${language}`}
                  title={words.when[template]}
                  after={
                    <Badge tone={own ? 'info' : 'none'} icon={own ? Pencil : Circle}>
                      {own ? words.yours : words.ours}
                    </Badge>
                  }
                />
              )
            })}
          </List>
        </Card>
      ))}
    </>
  )
}
