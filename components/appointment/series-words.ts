/** What those read who book the same time again and again. */
const en = {
  title: 'The same time, again and again',
  intro: 'You see every date first. All of them are booked together, or none.',
  every: 'Repeat',
  weeks: (n: number) => (n === 1 ? 'every week' : `every ${n} weeks`),
  times: 'How often',
  show: 'Show the dates',
  dates: 'The dates',
  free: 'Free',
  taken: 'Not free',
  instead: 'Instead',
  leaveOut: 'Leave this one out',
  conflicts: (n: number) =>
    n === 0 ? 'All dates are free.' : n === 1 ? 'One date is not free.' : `${n} dates are not free.`,
  bookAll: 'Book these times',
  lost: 'Somebody was faster with some of them. Nothing was booked; look at the dates again.',
  failed: 'That did not work. Nothing was booked; please try again.',
  check: 'Please check your name and address.',
  single: 'Only once',
  about: 'About you',
  each: (price: string) => `Each date: ${price}.`,
  inAll: (n: number, price: string) => `All ${n}: ${price}.`,
  askAll: 'Ask for these times',
}
export type SeriesWords = typeof en
const de: SeriesWords = {
  title: 'Dieselbe Zeit, immer wieder',
  intro: 'Sie sehen zuerst alle Termine. Gebucht werden sie alle zusammen oder gar nicht.',
  every: 'Wiederholen',
  weeks: (n) => (n === 1 ? 'jede Woche' : `alle ${n} Wochen`),
  times: 'Wie oft',
  show: 'Termine zeigen',
  dates: 'Die Termine',
  free: 'Frei',
  taken: 'Nicht frei',
  instead: 'Stattdessen',
  leaveOut: 'Diesen auslassen',
  conflicts: (n) =>
    n === 0
      ? 'Alle Termine sind frei.'
      : n === 1
        ? 'Ein Termin ist nicht frei.'
        : `${n} Termine sind nicht frei.`,
  bookAll: 'Diese Termine buchen',
  lost: 'Bei einigen war jemand schneller. Es wurde nichts gebucht, sehen Sie die Termine noch einmal an.',
  failed: 'Das hat nicht geklappt. Es wurde nichts gebucht, versuchen Sie es noch einmal.',
  check: 'Bitte prüfen Sie Namen und Adresse.',
  single: 'Nur einmal',
  about: 'Über Sie',
  each: (price) => `Jeder Termin: ${price}.`,
  inAll: (n, price) => `Alle ${n}: ${price}.`,
  askAll: 'Diese Termine anfragen',
}
export const seriesWords = { en, de }
