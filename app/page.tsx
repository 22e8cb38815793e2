import { headers } from 'next/headers'
import { PublicShell } from '@/components/shell/public-shell'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { List, ListItem } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Search } from '@/components/ui/icons'
import { Input } from '@/components/ui/input'
import { PageHeader } from '@/components/ui/page-header'
import { searchProviders } from '@/server/business/provider/queries'
import { isRefusal } from '@/server/core/errors'
import { viewOf } from '@/server/request'
import styles from './page.module.css'

type Props = { searchParams: Promise<{ q?: string; cursor?: string }> }

/** The way in for visitors: who can be booked, and when next. */
export default async function HomePage({ searchParams }: Props) {
  const { q = '', cursor } = await searchParams
  const { providers, nextCursor } = await find(typeof q === 'string' ? q : '', cursor, await headers())
  return (
    <PublicShell>
      <PageHeader arrival title="Find a time">
        Free times as they are now. No account needed.
      </PageHeader>
      <search>
        <form className={styles.search} action="/" method="get">
          <label htmlFor="q">Name, service or business</label>
          <div>
            <Input id="q" name="q" type="search" defaultValue={q} maxLength={100} />
            <Button type="submit" tone="primary" icon={<Search />}>
              Search
            </Button>
          </div>
        </form>
      </search>
      {providers.length === 0 ? (
        <Nobody q={q} />
      ) : (
        <List alone label="Who can be booked">
          {providers.map((p) => (
            <ListItem
              key={p.id}
              href={`/providers/${p.id}`}
              title={p.name}
              before={<Avatar name={p.name} />}
              after={
                <span className={styles.next}>
                  {p.nextFree ? (
                    <>
                      <small>Next free</small>
                      <time dateTime={p.nextFree}>{moment(p.nextFree, p.timeZone)}</time>
                    </>
                  ) : (
                    <small>No free time in the next weeks</small>
                  )}
                </span>
              }
            >
              <span className="quiet small">
                {p.businessName} · {p.services.map((s) => s.name).join(', ')}
              </span>
            </ListItem>
          ))}
        </List>
      )}
      {nextCursor ? (
        <p>
          <Button href={`/?${new URLSearchParams({ ...(q ? { q } : {}), cursor: nextCursor })}`}>More</Button>
        </p>
      ) : null}
    </PublicShell>
  )
}

const Nobody = ({ q }: { q: string }) => (
  <div className="card">
    {q ? (
      <EmptyState
        icon={Search}
        title={`Nobody matches “${q}”.`}
        action={<Button href="/">Show everybody</Button>}
      >
        Try fewer letters.
      </EmptyState>
    ) : (
      <EmptyState title="Nobody can be booked yet.">
        Once a business publishes a provider, they appear here.
      </EmptyState>
    )}
  </div>
)

const moment = (at: string, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  }).format(new Date(at))

async function find(q: string, cursor: string | undefined, given: Headers) {
  try {
    const words = q.trim().slice(0, 100)
    return await searchProviders.execute(
      { ...(words ? { q: words } : {}), ...(cursor ? { cursor } : {}) },
      await viewOf(given),
    )
  } catch (error) {
    if (isRefusal(error) && error.kind === 'malformed') return { providers: [], nextCursor: null }
    throw error
  }
}
