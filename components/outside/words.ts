/** What those who run a business read about calendars elsewhere. */
const en = {
  title: 'Other calendars',
  under:
    'When one of these says busy, nobody can book here. Only the times are read, never what they are about.',
  none: 'No other calendar counts yet.',
  unnamed: 'Calendar',
  reading: 'Being read',
  read: 'Up to date',
  failing: 'Cannot be read',
  found: (n: number, until: string) =>
    n === 0 ? 'Nothing busy ahead.' : `${n === 1 ? '1 busy time' : `${n} busy times`} until ${until}.`,
  readAt: (at: string) => `Last read: ${at}.`,
  wait: 'It is being read. What it says appears here in a moment.',
  leftOut: (n: number) =>
    n === 1
      ? '1 entry could not be understood and does not count.'
      : `${n} entries could not be understood and do not count.`,
  failed: (name: string, since: string, why: string) => `${name} could not be read since ${since}: ${why}.`,
  asOf: (at: string) => `Its times are as of ${at}, and still count.`,
  never: 'None of its times are known yet.',
  why: {
    unreachable: 'the server cannot be reached',
    timed_out: 'the server took too long to answer',
    certificate: 'the server’s certificate cannot be trusted',
    too_large: 'the file is too large',
    too_many_redirects: 'the address leads on and on',
    address_refused: 'the address leads into a private network or is not encrypted',
    not_a_calendar: 'what is there is no calendar',
    too_many: 'it holds more than can be read',
  } as Record<string, string>,
  answered: (status: string) => `the server answered ${status}`,
  again: 'Try again',
  readNow: 'Read now',
  disconnect: 'Disconnect',
  clashes: 'Booked although busy elsewhere',
  clashesUnder: 'What is booked stays booked. Move or cancel it, or change it in the other calendar.',
  clashNote: (n: number) =>
    n === 1
      ? '1 booking stands at a time when another calendar says busy.'
      : `${n} bookings stand at times when another calendar says busy.`,
  more: (n: number) => (n === 1 ? 'and 1 more' : `and ${n} more`),
  with: (name: string) => `with ${name}`,
  somebody: 'Somebody',
  add: 'Connect a calendar',
  address: 'Its address',
  addressHint:
    'The secret address in iCal format (it ends with .ics). In Google Calendar: settings of the calendar, at the bottom. In Outlook: shared calendars, publish. In iCloud: share, public calendar.',
  label: 'Name for it',
  labelHint: 'For the people who work here.',
  connect: 'Connect',
  wrong: 'Enter the address of a calendar, such as https://calendar.example.org/private/basic.ics',
  wrongPlain: 'Enter an address that begins with https://',
  refusals: {
    already_connected: 'That calendar is connected already.',
    too_many_calendars: 'Ten are connected. Disconnect one that is no longer needed first.',
    just_read: 'It has just been read. Try again in half a minute.',
  } as Record<string, string>,
  own: 'Hours and other calendars',
}

export type OutsideWords = typeof en

const de: OutsideWords = {
  title: 'Andere Kalender',
  under:
    'Sagt einer davon „belegt“, kann hier niemand buchen. Gelesen werden nur die Zeiten, nie, worum es geht.',
  none: 'Noch zählt kein anderer Kalender.',
  unnamed: 'Kalender',
  reading: 'Wird gelesen',
  read: 'Aktuell',
  failing: 'Nicht lesbar',
  found: (n, until) =>
    n === 0 ? 'Nichts belegt.' : `${n === 1 ? '1 belegte Zeit' : `${n} belegte Zeiten`} bis ${until}.`,
  readAt: (at) => `Zuletzt gelesen: ${at}.`,
  wait: 'Er wird gerade gelesen. Was er sagt, erscheint hier gleich.',
  leftOut: (n) =>
    n === 1
      ? '1 Eintrag ließ sich nicht verstehen und zählt nicht.'
      : `${n} Einträge ließen sich nicht verstehen und zählen nicht.`,
  failed: (name, since, why) => `${name} lässt sich seit ${since} nicht lesen: ${why}.`,
  asOf: (at) => `Die Zeiten sind vom Stand ${at} und zählen weiter.`,
  never: 'Noch sind keine seiner Zeiten bekannt.',
  why: {
    unreachable: 'der Server ist nicht erreichbar',
    timed_out: 'der Server hat zu lange gebraucht',
    certificate: 'dem Zertifikat des Servers ist nicht zu trauen',
    too_large: 'die Datei ist zu groß',
    too_many_redirects: 'die Adresse leitet immer weiter',
    address_refused: 'die Adresse führt in ein privates Netz oder ist nicht verschlüsselt',
    not_a_calendar: 'dort liegt kein Kalender',
    too_many: 'er enthält mehr, als sich lesen lässt',
  },
  answered: (status) => `der Server hat mit ${status} geantwortet`,
  again: 'Noch einmal versuchen',
  readNow: 'Jetzt lesen',
  disconnect: 'Trennen',
  clashes: 'Gebucht, obwohl anderswo belegt',
  clashesUnder:
    'Was gebucht ist, bleibt gebucht. Verlegen oder sagen Sie es ab, oder ändern Sie es im anderen Kalender.',
  clashNote: (n) =>
    n === 1
      ? '1 Buchung steht zu einer Zeit, die laut einem anderen Kalender belegt ist.'
      : `${n} Buchungen stehen zu Zeiten, die laut einem anderen Kalender belegt sind.`,
  more: (n) => (n === 1 ? 'und 1 weitere' : `und ${n} weitere`),
  with: (name) => `bei ${name}`,
  somebody: 'Jemand',
  add: 'Kalender verbinden',
  address: 'Seine Adresse',
  addressHint:
    'Die geheime Adresse im iCal-Format (sie endet auf .ics). Im Google Kalender: Einstellungen des Kalenders, ganz unten. In Outlook: freigegebene Kalender, veröffentlichen. In iCloud: freigeben, öffentlicher Kalender.',
  label: 'Name dafür',
  labelHint: 'Für die Menschen, die hier arbeiten.',
  connect: 'Verbinden',
  wrong: 'Geben Sie die Adresse eines Kalenders an, etwa https://calendar.example.org/private/basic.ics',
  wrongPlain: 'Geben Sie eine Adresse an, die mit https:// beginnt',
  refusals: {
    already_connected: 'Dieser Kalender ist schon verbunden.',
    too_many_calendars: 'Zehn sind verbunden. Trennen Sie zuerst einen, der nicht mehr gebraucht wird.',
    just_read: 'Er wurde gerade erst gelesen. Versuchen Sie es in einer halben Minute noch einmal.',
  },
  own: 'Zeiten und andere Kalender',
}

export const outsideWords = { en, de }
