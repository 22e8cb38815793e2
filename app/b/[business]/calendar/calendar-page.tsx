import { Fresh } from '@/components/appointment/fresh'
import { Did } from '@/components/calendar/did'
import { GoesOnChange } from '@/components/calendar/goes-on-change'
import { Shortcuts } from '@/components/calendar/shortcuts'
import { calendarWords } from '@/components/calendar/words'
import { outsideWords } from '@/components/outside/words'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Left, Lock, Plus, Right } from '@/components/ui/icons'
import { Note } from '@/components/ui/note'
import { PageHeader } from '@/components/ui/page-header'
import { Select } from '@/components/ui/select'
import { TabLinks } from '@/components/ui/tab-links'
import { Toaster } from '@/components/ui/toaster'
import { addDays, daysFrom, today, weekday } from '@/server/core/time'
import { holidayNames } from '@/server/scheduling/calendar/model-holidays'
import { type Board, showBoard } from '@/server/scheduling/calendar/show-board'
import { asked, type Desk, draftFor } from '../admin/desk'
import { FailingNotes, outsideOf } from '../admin/outside-notes'
import { type Address, addressOf, onPhone, views } from './address'
import styles from './calendar.module.css'
import { Panel } from './panel'
import { Views } from './views'

type Props = { desk: Desk; path: string; own: boolean; given: Record<string, string | undefined> }
type Provider = Board['providers'][number]

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const forms = ['block', 'change-block', 'unblock', 'cancel', 'move', 'decide', 'book']

/** The calendar of everybody, or one's own: what is booked, held and blocked, as it is and as it changes. */
export async function CalendarPage({ desk, path, own, given }: Props) {
  const { business, businessId, call, words, language, headers } = desk
  const said = calendarWords[language]
  const now = Date.now()
  const phone = onPhone(headers)
  const address = addressOf(path, given, business.timeZone, now, phone)
  const { view, date, first, days, href, open } = address
  const only = view === 'month' && uuid.test(address.who) ? { providerId: address.who } : {}
  const found = await asked(showBoard.execute({ businessId, from: first, days, own, ...only }, call))
  const providers = found.providers.map((p) => (p.archived ? { ...p, name: said.archived(p.name) } : p))
  const board = { ...found, providers }
  const person = call.actor.kind === 'user' ? call.actor.userId : ''
  const one = chosen(board.providers, address, person, phone)
  const zone = one?.rules.timeZone ?? business.timeZone
  const working = providers.filter((p) => !p.archived)
  const shown = one ? [one] : providers
  const outside = await outsideOf(desk, one?.id)
  const named = await Promise.all(
    shown.map(async ({ id, rules: { holidays } }) => {
      const dates = daysFrom(first, days)
      return [id, holidays && (await holidayNames(holidays, dates, language))] as const
    }),
  )
  const names = new Map(named)
  const holidayOf = (id: string, date: string) => names.get(id)?.get(date)
  const looking = { desk, address, zone, now, holidayOf }
  const went = forms.find((name) => name === given.again)
  return (
    <div className={styles.page}>
      <PageHeader
        title={titleOf(address, desk.locale)}
        actions={
          <>
            {own && one ? (
              <Button href={`/b/${business.slug}/admin/providers/${one.id}`} tone="quiet">
                {outsideWords[language].own}
              </Button>
            ) : null}
            <Button href={href({ open: 'new' })} icon={<Lock />}>
              {words.block}
            </Button>
            <Button href={href({ open: 'book' })} icon={<Plus />} tone="primary">
              {said.newOne}
            </Button>
          </>
        }
      >
        <span className={styles.state}>
          {zone.replaceAll('_', ' ')}
          <Fresh topics={[`business:${businessId}`]} />
        </span>
      </PageHeader>
      <FailingNotes {...{ desk, zone }} listed={outside} named={!one} />
      <div className={styles.handy}>
        <div className={styles.bar}>
          <TabLinks
            label={words.view}
            tabs={views.map((v) => ({ href: href({ view: v }), label: said.views[v], current: v === view }))}
          />
          <div className={styles.steps}>
            <IconButton label={words.previous} icon={<Left />} href={href({ date: address.earlier })} />
            <Button href={href({ date: today(zone, now) })}>{words.goToday}</Button>
            <IconButton label={words.following} icon={<Right />} href={href({ date: address.later })} />
          </div>
          {board.providers.length > 1 ? (
            <Who desk={desk} address={address} path={path} one={one} providers={board.providers} />
          ) : null}
          <Shortcuts language={language} hrefs={keysOf(address, today(zone, now))} />
        </div>
        {view === 'day' || view === 'agenda' ? (
          <Strip desk={desk} address={address} now={today(zone, now)} />
        ) : null}
      </div>
      <div className={styles.desk} data-open={open ? '' : undefined}>
        <div className={styles.main}>
          {board.cutAt ? <Note tone="warn">{said.cut(dayOf(board.cutAt, desk.locale, zone))}</Note> : null}
          <Views looking={looking} board={board} one={one} own={own} />
        </div>
        {open ? (
          <Panel
            {...{ desk, open, board, zone, date, given }}
            provider={one ?? working.find((p) => p.published) ?? working[0]}
            back={href({})}
            draft={went ? draftFor(desk, went, went) : null}
          />
        ) : null}
      </div>
      <Did given={given} language={language} clean={href({ open: open ?? '' })} />
      <Toaster />
    </div>
  )
}

/** Whose calendar: who was asked for; in a week one's own, else a person's rather than a room's; else everybody's. */
function chosen(
  providers: readonly Provider[],
  { who, view }: Address,
  person: string,
  phone: boolean,
): Provider | undefined {
  const found = providers.find((p) => p.id === who)
  if (found || providers.length === 1) return found ?? providers[0]
  const working = providers.filter((p) => !p.archived)
  const first =
    working.find((p) => p.userId === person && p.published) ??
    working.find((p) => p.userId && p.published) ??
    working.find((p) => p.published) ??
    providers[0]
  if (view === 'week') return first
  return view === 'day' && phone && who !== 'all' ? first : undefined
}

const dayOf = (at: string, locale: string, timeZone: string) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone }).format(Date.parse(at))

function titleOf({ view, date, first, days }: Address, locale: string): string {
  const at = (day: string) => Date.parse(day)
  const written = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
  if (view === 'day') return written({ weekday: 'long', day: 'numeric', month: 'long' }).format(at(date))
  if (view === 'month') return written({ month: 'long', year: 'numeric' }).format(at(date))
  return written({ day: 'numeric', month: 'long', year: 'numeric' }).formatRange(
    at(first),
    at(addDays(first, days - 1)),
  )
}

const keysOf = ({ href, earlier, later, open }: Address, today: string) => ({
  d: href({ view: 'day' }),
  w: href({ view: 'week' }),
  m: href({ view: 'month' }),
  a: href({ view: 'agenda' }),
  t: href({ date: today }),
  n: href({ open: 'book' }),
  b: href({ open: 'new' }),
  ArrowLeft: href({ date: earlier }),
  ArrowRight: href({ date: later }),
  ...(open ? { Escape: href({}) } : {}),
})

type WhoProps = { desk: Desk; address: Address; path: string; one?: Provider; providers: readonly Provider[] }

function Who({ desk, address: { view, date }, path, one, providers }: WhoProps) {
  const { words, language } = desk
  return (
    <GoesOnChange action={path} className={styles.who}>
      <input type="hidden" name="view" value={view} />
      <input type="hidden" name="date" value={date} />
      <Select
        key={one?.id ?? 'all'}
        name="who"
        aria-label={words.who}
        defaultValue={one?.id ?? 'all'}
        options={[
          ...(view === 'week' ? [] : [{ value: 'all', label: calendarWords[language].everybody }]),
          ...providers.map((p) => ({ value: p.id, label: p.name })),
        ]}
      />
      <noscript>
        <Button type="submit">{words.show}</Button>
      </noscript>
    </GoesOnChange>
  )
}

/** The week's days to tap on, where there is no room for the week itself. */
function Strip({ desk, address, now }: { desk: Desk; address: Address; now: string }) {
  const { date, href } = address
  const monday = addDays(date, 1 - weekday(date))
  const part = (day: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(desk.locale, { ...options, timeZone: 'UTC' }).format(Date.parse(day))
  return (
    <nav aria-label={calendarWords[desk.language].days} className={styles.strip}>
      {Array.from({ length: 7 }, (_, n) => addDays(monday, n)).map((day) => (
        <a
          key={day}
          href={href({ date: day })}
          aria-current={day === date ? 'date' : undefined}
          data-today={day === now || undefined}
        >
          <span>{part(day, { weekday: 'short' })}</span>
          <strong>{part(day, { day: 'numeric' })}</strong>
        </a>
      ))}
    </nav>
  )
}
