/** What people read about calendars that are followed from outside. */
const en = {
  title: 'Calendar feed',
  under: 'An address that calendar programs follow: appointments appear there, move and go by themselves.',
  secret: 'Whoever has this address sees who comes when. Give it to nobody else.',
  address: 'Address of the feed',
  copy: 'Copy the address',
  copied: 'Copied',
  open: 'Make an address',
  again: 'Make a new address',
  againHint: 'With a new address the old one stops working.',
  close: 'Stop the feed',
  inMail: 'The address under which a calendar program follows all your appointments here is in your mail.',
}

export type FeedWords = typeof en

const de: FeedWords = {
  title: 'Kalender-Abo',
  under:
    'Eine Adresse, der Kalenderprogramme folgen: Termine erscheinen, wandern und verschwinden von selbst.',
  secret: 'Wer diese Adresse hat, sieht, wer wann kommt. Geben Sie sie niemandem weiter.',
  address: 'Adresse des Abos',
  copy: 'Adresse kopieren',
  copied: 'Kopiert',
  open: 'Adresse anlegen',
  again: 'Neue Adresse anlegen',
  againHint: 'Mit einer neuen Adresse gilt die alte nicht mehr.',
  close: 'Abo beenden',
  inMail: 'Die Adresse, unter der ein Kalenderprogramm allen Ihren Terminen hier folgt, steht in Ihrer Mail.',
}

export const feedWords = { en, de }
