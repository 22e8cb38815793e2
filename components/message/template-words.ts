/** What those read who write what their business says. */
const en = {
  title: 'Words of our mails',
  link: 'Change the words of mails',
  under:
    'What clients are told, in your own words or in ours. Time, price and links are added by themselves.',
  ours: 'Our words',
  yours: 'Your words',
  languages: { en: 'English', de: 'German' },
  when: {
    appointment_requested: 'When somebody asked for a time',
    appointment_confirmed: 'When a booking is confirmed',
    appointment_declined: 'When you decline a request',
    appointment_reminder: 'Before it begins',
    appointment_cancelled: 'When you cancel a booking',
    appointment_rescheduled: 'When a booking has a new time',
    waitlist_joined: 'When somebody joins the waiting list',
    waitlist_offered: 'When a place is free for somebody who waits',
    waitlist_lapsed: 'When a place was given on',
  },
  subject: 'Subject',
  words: 'Words',
  wordsHint: 'An empty line begins a new paragraph.',
  braces: 'In braces you may write',
  placeholders: {
    name: 'who it is for',
    service: 'the service',
    provider: 'with whom',
    business: 'your business',
    when: 'day and time',
    price: 'the price',
    until: 'until when it is kept',
  },
  preview: 'How it reads',
  previewUnder: 'With a made-up client.',
  save: 'Save',
  reset: 'Back to our words',
  unknown: (name: string) => `{${name}} means nothing here. Use one of the words in braces below.`,
  empty: 'Write something.',
  reminders: {
    title: 'Reminders',
    under: 'By mail, and by the ways your client asked for.',
    hours: { 48: 'Two days before', 24: 'A day before', 2: 'Two hours before' } as Record<number, string>,
  },
}

export type TemplateWords = typeof en

const de: TemplateWords = {
  title: 'Worte der Mails',
  link: 'Worte der Mails ändern',
  under:
    'Was Kunden gesagt wird, mit Ihren Worten oder mit unseren. Zeit, Preis und Links kommen von selbst dazu.',
  ours: 'Unsere Worte',
  yours: 'Ihre Worte',
  languages: { en: 'Englisch', de: 'Deutsch' },
  when: {
    appointment_requested: 'Wenn jemand um eine Zeit bittet',
    appointment_confirmed: 'Wenn eine Buchung bestätigt ist',
    appointment_declined: 'Wenn Sie eine Anfrage ablehnen',
    appointment_reminder: 'Bevor es beginnt',
    appointment_cancelled: 'Wenn Sie eine Buchung absagen',
    appointment_rescheduled: 'Wenn eine Buchung eine neue Zeit hat',
    waitlist_joined: 'Wenn sich jemand auf die Warteliste setzt',
    waitlist_offered: 'Wenn ein Platz für Wartende frei ist',
    waitlist_lapsed: 'Wenn ein Platz weitergegeben wurde',
  },
  subject: 'Betreff',
  words: 'Text',
  wordsHint: 'Eine leere Zeile beginnt einen neuen Absatz.',
  braces: 'In geschweiften Klammern dürfen stehen',
  placeholders: {
    name: 'für wen sie ist',
    service: 'die Leistung',
    provider: 'bei wem',
    business: 'Ihr Betrieb',
    when: 'Tag und Uhrzeit',
    price: 'der Preis',
    until: 'bis wann er gehalten wird',
  },
  preview: 'So liest sie sich',
  previewUnder: 'Mit erfundenem Kunden.',
  save: 'Speichern',
  reset: 'Zurück zu unseren Worten',
  unknown: (name) => `{${name}} bedeutet hier nichts. Verwenden Sie eines der Wörter, die unten stehen.`,
  empty: 'Schreiben Sie etwas.',
  reminders: {
    title: 'Erinnerungen',
    under: 'Per E-Mail und auf den Wegen, die Ihr Kunde gewählt hat.',
    hours: { 48: 'Zwei Tage vorher', 24: 'Einen Tag vorher', 2: 'Zwei Stunden vorher' },
  },
}

export const templateWords = { en, de }
