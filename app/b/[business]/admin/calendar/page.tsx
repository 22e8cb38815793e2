import type { Metadata } from 'next'
import { CalendarPage } from '../../calendar/calendar-page'
import { deskOf, type Search, searchOf } from '../desk'

type Props = { params: Promise<{ business: string }>; searchParams: Search }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await deskOf((await params).business)).words.places.calendar }
}

/** Everybody's calendar. */
export default async function AdminCalendar({ params, searchParams }: Props) {
  const desk = await deskOf((await params).business, '/calendar')
  return (
    <CalendarPage
      desk={desk}
      path={`${desk.root}/calendar`}
      own={false}
      given={await searchOf(searchParams)}
    />
  )
}
