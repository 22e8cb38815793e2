import type { Metadata } from 'next'
import { Button } from '@/components/ui/button'
import { List, ListItem } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Plus, Right } from '@/components/ui/icons'
import { PageHeader } from '@/components/ui/page-header'
import { shownPrice } from '@/server/business/service/model-price'
import { listServices } from '@/server/business/service/queries'
import { asked, deskOf, type Search, searchOf } from '../desk'
import { afterOf, NoMatch, pageAfter, SearchBar } from '../parts'

type Props = { params: Promise<{ business: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await deskOf((await params).business)).words.places.services }
}

export default async function ServicesPage({ params, searchParams }: Props) {
  const desk = await deskOf((await params).business, '/services')
  const { businessId, call, words, root, locale, manages } = desk
  const given = await searchOf(searchParams)
  const q = given.q?.trim().slice(0, 100) ?? ''
  const path = `${root}/services`
  const asking = { businessId, q, limit: 25, after: afterOf(given) }
  const { services, after } = await asked(listServices.execute(asking, call))
  const add = (
    <Button href={`${path}/new`} tone="primary" icon={<Plus />}>
      {words.newService}
    </Button>
  )
  return (
    <>
      <PageHeader title={words.places.services} actions={manages ? add : null} />
      <SearchBar desk={desk} path={path} q={q} />
      {services.length === 0 ? (
        q ? (
          <NoMatch desk={desk} path={path} q={q} />
        ) : (
          <EmptyState title={words.noServices}>{words.noServicesUnder}</EmptyState>
        )
      ) : (
        <List alone label={words.places.services}>
          {services.map((s) => (
            <ListItem
              key={s.id}
              href={`${path}/${s.id}`}
              title={s.name}
              after={
                <>
                  {s.amount === 0 ? words.free : shownPrice(s.amount, s.currency, locale)}
                  <Right />
                </>
              }
            >
              <span className="quiet small">
                {words.minutes(s.durationMinutes)}
                {s.capacity > 1 ? `, ${words.people(s.capacity)}` : ''}
              </span>
            </ListItem>
          ))}
        </List>
      )}
      {after ? (
        <p>
          <Button href={path + pageAfter(after, q)}>{words.more}</Button>
        </p>
      ) : null}
    </>
  )
}
