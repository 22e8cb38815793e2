/** What people read who choose which messages they get. */
const en = {
  title: 'Messages',
  from: (business: string) => `Messages from ${business}`,
  to: (address: string) => `They go to ${address}.`,
  own: 'They hold for every business where you book with the address of this account.',
  kinds: {
    bookings: 'Your bookings',
    reminders: 'Reminders',
    waiting: 'Waiting lists',
    requests: 'Requests where you work',
    desk: 'Bookings where you work',
  },
  kindsUnder: {
    bookings: 'Confirmed, moved, cancelled, declined.',
    reminders: 'Before an appointment begins.',
    waiting: 'When a place comes free that you wait for.',
    requests: 'Somebody asks for a time and waits for a yes.',
    desk: 'Somebody books, moves or cancels. Your inbox has it in any case.',
  },
  channels: {
    email: 'By mail',
    sms: 'By SMS',
    push: 'As a notice in your browsers',
    inbox: 'In your inbox here',
  },
  must: 'What you must know of a booking always comes by mail.',
  save: 'Save',
  saved: 'Saved.',
  ended: (kind: string) => `Done: no more mails about ${kind}.`,
  about: { bookings: 'bookings', reminders: 'appointments that are near', waiting: 'waiting lists' },
  visit: (business: string) => `To the page of ${business}`,
  account: 'Choose which messages you get',
  accountUnder: 'Reminders, waiting lists, and by which way.',
}

export type PreferenceWords = typeof en

const de: PreferenceWords = {
  title: 'Nachrichten',
  from: (business) => `Nachrichten von ${business}`,
  to: (address) => `Sie gehen an ${address}.`,
  own: 'Das gilt für jeden Betrieb, bei dem Sie mit der Adresse dieses Kontos buchen.',
  kinds: {
    bookings: 'Ihre Buchungen',
    reminders: 'Erinnerungen',
    waiting: 'Wartelisten',
    requests: 'Anfragen dort, wo Sie arbeiten',
    desk: 'Buchungen dort, wo Sie arbeiten',
  },
  kindsUnder: {
    bookings: 'Bestätigt, verlegt, abgesagt, abgelehnt.',
    reminders: 'Bevor ein Termin beginnt.',
    waiting: 'Wenn ein Platz frei wird, auf den Sie warten.',
    requests: 'Jemand bittet um eine Zeit und wartet auf ein Ja.',
    desk: 'Jemand bucht, verlegt oder sagt ab. Im Posteingang steht es in jedem Fall.',
  },
  channels: {
    email: 'Per E-Mail',
    sms: 'Per SMS',
    push: 'Als Hinweis in Ihren Browsern',
    inbox: 'Hier im Posteingang',
  },
  must: 'Was Sie von einer Buchung wissen müssen, kommt immer per E-Mail.',
  save: 'Speichern',
  saved: 'Gespeichert.',
  ended: (kind) => `Erledigt: keine Mails mehr zu ${kind}.`,
  about: { bookings: 'Buchungen', reminders: 'nahen Terminen', waiting: 'Wartelisten' },
  visit: (business) => `Zur Seite von ${business}`,
  account: 'Wählen, welche Nachrichten Sie bekommen',
  accountUnder: 'Erinnerungen, Wartelisten und auf welchem Weg.',
}

export const preferenceWords = { en, de }
