import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { showBusiness } from '@/server/business/business/queries'
import { isRefusal } from '@/server/core/errors'
import { callOf } from '@/server/request'

type Props = { params: Promise<{ business: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await load((await params).business)).name }
}

/** A business's own page: who can be booked there. */
export default async function BusinessPage({ params }: Props) {
  const business = await load((await params).business)
  return (
    <main className="page">
      <h1>{business.name}</h1>
      {business.providers.length === 0 ? (
        <p className="card">Nobody can be booked here yet. Come back later, or ask the business.</p>
      ) : (
        <ul className="list">
          {business.providers.map((p) => (
            <li key={p.id}>
              <a href={`/b/${business.slug}/${p.id}`}>
                <strong>{p.name}</strong>
                {p.bio ? <span className="quiet small">{p.bio}</span> : null}
              </a>
            </li>
          ))}
        </ul>
      )}
    </main>
  )
}

async function load(slug: string) {
  try {
    return await showBusiness.execute({ slug }, await callOf(await headers()))
  } catch (error) {
    if (isRefusal(error)) notFound()
    throw error
  }
}
