import { headers } from 'next/headers'
import { searchProviders } from '@/server/business/provider/queries'
import { isRefusal } from '@/server/core/errors'
import { callOf } from '@/server/request'

type Props = { searchParams: Promise<{ q?: string; cursor?: string }> }

/** The way in for visitors: who can be booked, and when next. */
export default async function HomePage({ searchParams }: Props) {
  const { q = '', cursor } = await searchParams
  const { providers, nextCursor } = await find(typeof q === 'string' ? q : '', cursor, await headers())
  return (
    <main className="page">
      <h1>Find a time</h1>
      <search>
        <form className="search" action="/" method="get">
          <label htmlFor="q">Name, service or business</label>
          <div>
            <input id="q" name="q" type="search" defaultValue={q} maxLength={100} />
            <button type="submit" className="button">
              Search
            </button>
          </div>
        </form>
      </search>
      {providers.length === 0 ? (
        <p className="card">
          {q
            ? `Nobody matches “${q}”. Try fewer letters.`
            : 'Nobody can be booked yet. Once a business publishes a provider, they appear here.'}
        </p>
      ) : (
        <ul className="list">
          {providers.map((p) => (
            <li key={p.id}>
              <a href={`/providers/${p.id}`}>
                <strong>{p.name}</strong>
                <span className="quiet small">
                  {p.businessName} · {p.services.map((s) => s.name).join(', ')}
                </span>
                <span className="small">
                  {p.nextFree
                    ? `Next free ${moment(p.nextFree, p.timeZone)}`
                    : 'No free time in the next weeks'}
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
      {nextCursor ? (
        <p>
          <a href={`/?${new URLSearchParams({ ...(q ? { q } : {}), cursor: nextCursor })}`}>More</a>
        </p>
      ) : null}
    </main>
  )
}

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
      await callOf(given),
    )
  } catch (error) {
    if (isRefusal(error) && error.kind === 'malformed') return { providers: [], nextCursor: null }
    throw error
  }
}
