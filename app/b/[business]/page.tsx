import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { bookingWords } from '@/components/appointment/words'
import { PublicShell } from '@/components/shell/public-shell'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { List, ListItem } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Right } from '@/components/ui/icons'
import { PageHeader } from '@/components/ui/page-header'
import { showBusiness } from '@/server/business/business/queries'
import { isRefusal } from '@/server/core/errors'
import { languageOf, viewOf } from '@/server/request'

type Props = { params: Promise<{ business: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await load((await params).business)).name }
}

/** A business's own page: who can be booked there. */
export default async function BusinessPage({ params }: Props) {
  const business = await load((await params).business)
  return (
    <PublicShell business={{ name: business.name, href: `/b/${business.slug}` }}>
      <PageHeader arrival title={business.name} />
      {business.providers.length === 0 ? (
        <div className="card">
          <EmptyState title="Nobody can be booked here yet.">
            Come back later, or ask the business.
          </EmptyState>
        </div>
      ) : (
        <>
          <p>
            <Button tone="primary" href={`/b/${business.slug}/book`}>
              {bookingWords[languageOf(await headers(), business.language)].book}
            </Button>
          </p>
          <List alone label="Who can be booked">
            {business.providers.map((p) => (
              <ListItem
                key={p.id}
                href={`/b/${business.slug}/${p.id}`}
                title={p.name}
                before={<Avatar name={p.name} />}
                after={<Right />}
              >
                {p.bio ? <span className="quiet small">{p.bio}</span> : null}
              </ListItem>
            ))}
          </List>
        </>
      )}
    </PublicShell>
  )
}

async function load(slug: string) {
  try {
    return await showBusiness.execute({ slug }, await viewOf(await headers()))
  } catch (error) {
    if (isRefusal(error)) notFound()
    throw error
  }
}
