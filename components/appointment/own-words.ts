/** What people read about all they booked, wherever that was. */
const en = {
  places: 'Your pages',
  bookings: 'Bookings',
  inbox: 'Inbox',
  account: 'Account',
  coming: 'Coming up',
  past: 'Earlier',
  none: 'Nothing is coming up',
  noneUnder:
    'What you book with the confirmed address of this account appears here, whichever business it is with.',
  unconfirmed: 'Your address is not confirmed yet',
  unconfirmedUnder:
    'Once you confirm it, what was booked with it appears here. Nobody else can see it that way.',
  confirm: 'Confirm my address',
  nonePast: 'Nothing here yet',
  nonePastUnder: 'What is over, or was cancelled, stands here.',
  find: 'Find a time',
  with: (provider: string, business: string) => `${provider}, ${business}`,
  placeTime: (zone: string) => `${zone} time`,
  forYou: (when: string) => `For you ${when}`,
  move: 'Move',
  cancel: 'Cancel',
  again: 'Book again',
  seats: (n: number) => `${n} places`,
  more: 'Show more',
  first: 'Back to the first ones',
  waiting: 'Waiting lists',
  waitingFor: (business: string) => `At ${business}`,
  offered: (until: string) => `A place is kept for you until ${until}.`,
  take: 'Look at it',
  feed: 'All of it in your calendar',
  feedUnder: 'A calendar program that follows this address knows all you booked, and when it moves.',
  feedSecret: 'Whoever has the address sees your bookings. Give it to nobody else.',
  follow: 'Follow it',
}

export type OwnWords = typeof en

const de: OwnWords = {
  places: 'Ihre Seiten',
  bookings: 'Buchungen',
  inbox: 'Posteingang',
  account: 'Konto',
  coming: 'Bevorstehend',
  past: 'Früher',
  none: 'Nichts steht bevor',
  noneUnder:
    'Was Sie mit der bestätigten Adresse dieses Kontos buchen, erscheint hier, gleich bei welchem Betrieb.',
  unconfirmed: 'Ihre Adresse ist noch nicht bestätigt',
  unconfirmedUnder:
    'Sobald Sie sie bestätigen, erscheint hier, was damit gebucht wurde. So sieht es sonst niemand.',
  confirm: 'Adresse bestätigen',
  nonePast: 'Noch nichts da',
  nonePastUnder: 'Was vorbei ist oder abgesagt wurde, steht hier.',
  find: 'Termin finden',
  with: (provider, business) => `${provider}, ${business}`,
  placeTime: (zone) => `Zeit in ${zone}`,
  forYou: (when) => `Für Sie ${when}`,
  move: 'Verlegen',
  cancel: 'Absagen',
  again: 'Wieder buchen',
  seats: (n) => `${n} Plätze`,
  more: 'Mehr anzeigen',
  first: 'Zurück zu den ersten',
  waiting: 'Wartelisten',
  waitingFor: (business) => `Bei ${business}`,
  offered: (until) => `Ein Platz ist bis ${until} für Sie frei gehalten.`,
  take: 'Ansehen',
  feed: 'Alles in Ihrem Kalender',
  feedUnder:
    'Ein Kalenderprogramm, das dieser Adresse folgt, kennt alles, was Sie gebucht haben, und wann es sich verschiebt.',
  feedSecret: 'Wer die Adresse hat, sieht Ihre Buchungen. Geben Sie sie niemandem weiter.',
  follow: 'Folgen',
}

export const ownWords = { en, de }
