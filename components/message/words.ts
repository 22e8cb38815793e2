/** What the mailbox of the demo says. */
const en = {
  title: 'Mailbox',
  under: 'No mail server is set, so mails end here. The newest 200 are shown, of everybody.',
  what: 'Address, name or subject',
  search: 'Search',
  mails: 'Mails',
  texts: 'Short messages',
  toFrom: (to: string, from: string) => `to ${to} from ${from}`,
  file: 'Calendar file',
  noMatch: (typed: string) => `No mail matches “${typed}”.`,
  noMatchUnder: 'Try fewer letters.',
  all: 'Show all',
  none: 'No mails yet.',
  noneUnder: 'Book a time, or ask for a link to sign in: the mail appears here.',
  book: 'Book something',
  one: 'A mail',
  back: 'All mails',
  from: 'From',
  to: 'To',
  when: 'When',
  shownAs: 'Shown as',
  page: 'Page',
  text: 'Text',
  frame: (subject: string) => `The mail “${subject}”`,
}

type MailboxWords = typeof en

const de: MailboxWords = {
  title: 'Postfach',
  under:
    'Kein Mailserver ist eingestellt, also enden Mails hier. Gezeigt werden die neuesten 200, von allen.',
  what: 'Adresse, Name oder Betreff',
  search: 'Suchen',
  mails: 'Mails',
  texts: 'Kurznachrichten',
  toFrom: (to, from) => `an ${to} von ${from}`,
  file: 'Kalenderdatei',
  noMatch: (typed) => `Keine Mail passt zu „${typed}“.`,
  noMatchUnder: 'Versuchen Sie weniger Buchstaben.',
  all: 'Alle anzeigen',
  none: 'Noch keine Mails.',
  noneUnder: 'Buchen Sie eine Zeit, oder fordern Sie einen Link zum Anmelden an: Die Mail erscheint hier.',
  book: 'Etwas buchen',
  one: 'Eine Mail',
  back: 'Alle Mails',
  from: 'Von',
  to: 'An',
  when: 'Wann',
  shownAs: 'Ansicht',
  page: 'Seite',
  text: 'Text',
  frame: (subject) => `Die Mail „${subject}“`,
}

export const mailboxWords = { en, de }
