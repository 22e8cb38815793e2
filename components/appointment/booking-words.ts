const en = {
  title: 'Your booking',
  booked: 'You are booked',
  bookedText:
    'A confirmation is on its way to you. This page stays: keep its link to look again, or to cancel.',
  time: 'Time',
  yourTime: 'Your time',
  with: 'With',
  at: 'At',
  price: 'Price',
  places: 'Places',
  free: 'Free of charge',
  calendar: 'Add to your calendar',
  file: 'Calendar file',
  google: 'Google Calendar',
  outlook: 'Outlook',
  cancelTitle: 'Cancel it',
  cancelButton: 'Cancel this booking',
  cancelFree: 'Cancelling is free of charge.',
  cancelFreeUntil: (until: string) => `Free of charge until ${until}.`,
  cancelCosts: (fee: string) => `By the terms you booked under, cancelling now costs ${fee}.`,
  notCancelled: 'It was not cancelled.',
  begun: 'It has begun, so it can no longer be cancelled here. Call the business.',
  wrongState: 'It is no longer booked.',
  again: 'Book another time',
}

export type BookingPageWords = typeof en

const de: BookingPageWords = {
  title: 'Ihre Buchung',
  booked: 'Sie haben gebucht',
  bookedText:
    'Eine Bestätigung ist unterwegs zu Ihnen. Diese Seite bleibt: Über ihren Link sehen Sie nach oder sagen ab.',
  time: 'Zeit',
  yourTime: 'Ihre Zeit',
  with: 'Bei',
  at: 'Wo',
  price: 'Preis',
  places: 'Plätze',
  free: 'Kostenlos',
  calendar: 'In Ihren Kalender',
  file: 'Kalenderdatei',
  google: 'Google Kalender',
  outlook: 'Outlook',
  cancelTitle: 'Absagen',
  cancelButton: 'Diese Buchung absagen',
  cancelFree: 'Absagen ist kostenlos.',
  cancelFreeUntil: (until) => `Kostenlos bis ${until}.`,
  cancelCosts: (fee) => `Nach den Bedingungen Ihrer Buchung kostet eine Absage jetzt ${fee}.`,
  notCancelled: 'Es wurde nicht abgesagt.',
  begun: 'Der Termin hat begonnen und kann hier nicht mehr abgesagt werden. Rufen Sie an.',
  wrongState: 'Die Buchung besteht nicht mehr.',
  again: 'Andere Zeit buchen',
}

export const bookingPageWords = { en, de }
