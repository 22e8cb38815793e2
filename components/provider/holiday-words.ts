/** What those who run a business read about public holidays. */
const en = {
  title: 'Public holidays',
  under:
    'Nobody can book on these days, this year’s and those of the years to come. Special days go before them.',
  country: 'Country',
  choose: 'Choose a country',
  region: 'Region',
  whole: 'All of the country',
  show: 'Show its holidays',
  none: 'No public holidays are known for this region.',
  closed: 'Closed on',
  openHint: 'What is not ticked stays as usual, every year.',
  everybody: 'Also for everybody else who works here',
  stop: 'No longer close on public holidays',
  taken: (region: string) => `Closed on the public holidays of ${region}.`,
  notTaken: 'Public holidays are days like any other so far.',
}

export type HolidayWords = typeof en

const de: HolidayWords = {
  title: 'Feiertage',
  under:
    'An diesen Tagen kann niemand buchen, in diesem Jahr und in den nächsten. Besondere Tage gehen ihnen vor.',
  country: 'Land',
  choose: 'Land wählen',
  region: 'Region',
  whole: 'Das ganze Land',
  show: 'Feiertage zeigen',
  none: 'Für diese Region sind keine Feiertage bekannt.',
  closed: 'Geschlossen an',
  openHint: 'Was nicht angekreuzt ist, bleibt wie sonst, jedes Jahr.',
  everybody: 'Auch für alle anderen, die hier arbeiten',
  stop: 'An Feiertagen nicht mehr schließen',
  taken: (region) => `Geschlossen an den Feiertagen von ${region}.`,
  notTaken: 'Feiertage sind bisher Tage wie alle anderen.',
}

export const holidayWords = { en, de }
