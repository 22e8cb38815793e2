import { titled } from '@/app/around'
import { CopyLink } from '@/components/business/copy-link'
import { startWords } from '@/components/business/start-words'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Calendar, External } from '@/components/ui/icons'
import { config } from '@/server/core/config'
import { Frame } from '../../frame'
import { ownBusiness, visit } from '../../own'
import { QrCode } from '../../qr-code'
import styles from '../../start.module.css'

export const generateMetadata = titled(startWords, (words) => `${words.steps[3]}, ${words.title}`, {
  robots: { index: false },
})

type Props = { params: Promise<{ business: string }> }

export default async function DonePage({ params }: Props) {
  const { business: slug } = await params
  const { call, language } = await visit()
  const business = await ownBusiness(slug, call, `/start/${slug}/done`)
  const words = startWords[language]
  const address = `${config().PUBLIC_URL}/b/${slug}`
  const open = business.published > 0
  return (
    <Frame
      language={language}
      at={3}
      slug={slug}
      title={open ? words.done : words.notYet}
      under={open ? words.doneUnder : words.notYetUnder}
    >
      {open ? (
        <Card>
          <div className={styles.share}>
            <QrCode text={address} label={words.qr(address)} />
            <div className="stack">
              <p>
                <span className="quiet small">{words.link}</span>
                <br />
                <a className={styles.address} href={address}>
                  {address}
                </a>
              </p>
              <div className="row">
                <CopyLink text={address} word={words.copy} done={words.copied} />
                <Button href={`/b/${slug}/book`} icon={<External />}>
                  {words.preview}
                </Button>
              </div>
            </div>
          </div>
        </Card>
      ) : (
        <form method="post" action={`/start/${slug}/done/publish`}>
          <Button type="submit" size="large">
            {words.publish}
          </Button>
        </form>
      )}
      <div className={styles.actions}>
        <a href={`/start/${slug}/hours`}>{words.back}</a>
        <Button tone="primary" size="large" href={`/b/${slug}/admin`} icon={<Calendar />}>
          {words.admin}
        </Button>
      </div>
    </Frame>
  )
}
