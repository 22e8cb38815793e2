import type { Metadata } from 'next'
import { Button } from '@/components/ui/button'
import { List, ListItem } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Pin, Plus, Right } from '@/components/ui/icons'
import { PageHeader } from '@/components/ui/page-header'
import { venueWords } from '@/components/venue/words'
import { listVenues } from '@/server/location/venue/queries'
import { asked, deskOf, type Search, searchOf } from '../desk'
import { afterOf, NoMatch, pageAfter, SearchBar } from '../parts'

type Props = { params: Promise<{ business: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: venueWords[(await deskOf((await params).business)).language].places }
}

/** Where people come to. */
export default async function PlacesPage({ params, searchParams }: Props) {
  const desk = await deskOf((await params).business, '/places')
  const { businessId, call, words, root, language, manages } = desk
  const own = venueWords[language]
  const given = await searchOf(searchParams)
  const q = given.q?.trim().slice(0, 100) ?? ''
  const path = `${root}/places`
  const asking = { businessId, q, limit: 25, after: afterOf(given) }
  const { venues, after } = await asked(listVenues.execute(asking, call))
  const add = (
    <Button href={`${path}/new`} tone="primary" icon={<Plus />}>
      {own.add}
    </Button>
  )
  const isEmpty = venues.length === 0 && !q && !given.after
  return (
    <>
      <PageHeader title={own.places} actions={manages && !isEmpty ? add : null} />
      {isEmpty ? (
        <EmptyState icon={Pin} title={own.none} action={manages ? add : null}>
          {own.noneUnder}
        </EmptyState>
      ) : (
        <>
          <SearchBar desk={desk} path={path} q={q} />
          {venues.length === 0 ? (
            <NoMatch desk={desk} path={path} q={q} />
          ) : (
            <List alone label={own.places}>
              {venues.map((venue) => (
                <ListItem
                  key={venue.id}
                  href={`${path}/${venue.id}`}
                  before={<Pin />}
                  title={venue.name}
                  after={<Right />}
                >
                  <span className="quiet small">{venue.address || venue.timeZone.replaceAll('_', ' ')}</span>
                </ListItem>
              ))}
            </List>
          )}
        </>
      )}
      {after ? (
        <p>
          <Button href={path + pageAfter(after, q)}>{words.more}</Button>
        </p>
      ) : null}
    </>
  )
}
