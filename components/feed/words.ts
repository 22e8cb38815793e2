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
  follow: 'Follow all your appointments here',
  followUnder: 'A calendar program that follows this address always knows their times.',
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
  follow: 'Allen Ihren Terminen hier folgen',
  followUnder: 'Ein Kalenderprogramm, das dieser Adresse folgt, kennt immer ihre Zeiten.',
}

export const feedWords = { en, de }
