import type { Metadata } from 'next'
import { deskOf, type Search, searchOf } from '../admin/desk'
import { CalendarPage } from './calendar-page'

type Props = { params: Promise<{ business: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { business } = await params
  return { title: (await deskOf(business, '/calendar', `/b/${business}`)).words.places.calendar }
}

/** A provider's own calendar. */
export default async function OwnCalendar({ params, searchParams }: Props) {
  const { business } = await params
  const desk = await deskOf(business, '/calendar', `/b/${business}`)
  return (
    <CalendarPage desk={desk} path={`/b/${business}/calendar`} own given={await searchOf(searchParams)} />
  )
}
