import type { Metadata } from 'next'
import { Avatar } from '@/components/ui/avatar'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { List, ListItem } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Circle, Plus, Right, RingCheck } from '@/components/ui/icons'
import { PageHeader } from '@/components/ui/page-header'
import { listProviders } from '@/server/business/provider/list'
import { asked, deskOf, type Search, searchOf } from '../desk'
import { afterOf, NoMatch, pageAfter, SearchBar } from '../parts'

type Props = { params: Promise<{ business: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await deskOf((await params).business)).words.places.providers }
}

export default async function ProvidersPage({ params, searchParams }: Props) {
  const desk = await deskOf((await params).business, '/providers')
  const { businessId, call, words, root, manages } = desk
  const given = await searchOf(searchParams)
  const q = given.q?.trim().slice(0, 100) ?? ''
  const path = `${root}/providers`
  const asking = { businessId, q, limit: 25, after: afterOf(given) }
  const { providers, after } = await asked(listProviders.execute(asking, call))
  const add = (
    <Button href={`${path}/new`} tone="primary" icon={<Plus />}>
      {words.newProvider}
    </Button>
  )
  return (
    <>
      <PageHeader title={words.places.providers} actions={manages ? add : null} />
      <SearchBar desk={desk} path={path} q={q} />
      {providers.length === 0 ? (
        q ? (
          <NoMatch desk={desk} path={path} q={q} />
        ) : (
          <EmptyState title={words.noProviders}>{words.noProvidersUnder}</EmptyState>
        )
      ) : (
        <List alone label={words.places.providers}>
          {providers.map((p) => (
            <ListItem
              key={p.id}
              href={`${path}/${p.id}`}
              before={<Avatar name={p.name} size="small" />}
              title={p.name}
              after={
                <>
                  <Badge tone={p.published ? 'good' : 'none'} icon={p.published ? RingCheck : Circle}>
                    {p.published ? words.published : words.hidden}
                  </Badge>
                  <Right />
                </>
              }
            >
              <span className="quiet small">{words.servicesOf(p.services)}</span>
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
