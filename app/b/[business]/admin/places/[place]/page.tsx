import type { Metadata } from 'next'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Barred } from '@/components/ui/icons'
import { Note } from '@/components/ui/note'
import { Once } from '@/components/ui/once'
import { PageHeader } from '@/components/ui/page-header'
import { venueWords } from '@/components/venue/words'
import { showVenue } from '@/server/location/venue/queries'
import styles from '../../admin.module.css'
import { asked, type Desk, deskOf, draftFor, type Search, searchOf } from '../../desk'
import { Outcome } from '../../parts'
import { VenueForm } from './venue-form'

type Props = { params: Promise<{ business: string; place: string }>; searchParams: Search }
type Shown = Awaited<ReturnType<typeof showVenue.execute>>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: venueWords[(await deskOf((await params).business)).language].place }
}

const blank = ({ business }: Desk) => ({
  name: '',
  lines: [],
  postalCode: '',
  city: '',
  country: '',
  timeZone: business.timeZone,
  phone: null,
  access: null,
  note: null,
  latitude: null,
  longitude: null,
  fenceMetres: null,
  status: 'active' as const,
  uses: [],
})

/** One place: where it is, how to get in, and what depends on it. */
export default async function PlacePage({ params, searchParams }: Props) {
  const { business: slug, place } = await params
  const desk = await deskOf(slug, `/places/${place}`)
  const { businessId, call, root, language, manages } = desk
  const own = venueWords[language]
  const given = await searchOf(searchParams)
  const isNew = place === 'new'
  const venue = isNew ? blank(desk) : await asked(showVenue.execute({ businessId, venueId: place }, call))
  const draft = draftFor(desk, 'place', given.again)
  const wrong = Object.entries(draft?.wrong ?? {}).map(([field, why]) => [field, own.errors[field] ?? why])
  const open = venue.status === 'active' && manages
  const at = `${root}/places/${place}`
  return (
    <>
      <PageHeader title={isNew ? own.add : venue.name}>
        <a href={`${root}/places`}>{own.places}</a>
        {venue.status === 'archived' ? (
          <Badge tone="none" icon={Barred}>
            {own.archived}
          </Badge>
        ) : null}
      </PageHeader>
      <Outcome desk={desk} draft={draft} saved={given.saved} />
      <VenueForm
        {...{ desk, venue, at, isNew, open }}
        draft={draft && { ...draft, wrong: Object.fromEntries(wrong) }}
      />
      {!isNew && open ? <Archive {...{ desk, at }} uses={venue.uses} /> : null}
    </>
  )
}

/** Only what nothing ahead names can go; what does is a link each. */
function Archive({ desk, at, uses }: { desk: Desk; at: string; uses: Shown['uses'] }) {
  const { language, root } = desk
  const own = venueWords[language]
  if (uses.length > 0)
    return (
      <Card title={own.archive} id="archive">
        <Note>{own.inUse}</Note>
        <ul>
          {uses.map(({ id, name, hours, classes, again }) => (
            <li key={id} className={styles.row}>
              <a href={`${root}/providers/${id}#hours`}>{name}</a>
              <span className="quiet small">
                {[hours ? own.hours : '', classes > 0 ? own.classes(classes) : '', again ? own.series : '']
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      </Card>
    )
  return (
    <Card title={own.archive} id="archive">
      <form method="post" action={`${at}/archive`} className={styles.form}>
        <Once />
        <p className="quiet">{own.archiveUnder}</p>
        <div>
          <Button type="submit" tone="danger">
            {own.archive}
          </Button>
        </div>
      </form>
    </Card>
  )
}
