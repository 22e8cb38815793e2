/** What the pages say on which visitors find somebody. */
const en = {
  title: 'Find a time',
  under: 'Free times as they are now. No account needed.',
  what: 'Name, service or business',
  search: 'Search',
  filters: 'Filters',
  service: 'Service',
  where: 'Where',
  whereHint: 'A city, a place, or “online”.',
  online: 'Online',
  upTo: 'Costs at most',
  currency: 'Currency',
  within: 'Free within',
  anyTime: 'any time',
  days: (n: number) => (n === 1 ? '24 hours' : `${n} days`),
  clear: 'Clear filters',
  found: 'Who can be booked',
  nextFree: 'Next free',
  nothingSoon: 'No free time in the next weeks',
  from: (price: string) => `from ${price}`,
  free: 'free of charge',
  otherServices: (n: number) => (n === 1 ? 'and one more service' : `and ${n} more services`),
  more: 'Show more',
  noneFits: 'Nobody fits that',
  noneFitsUnder: 'Try fewer letters, a higher price or a later time.',
  everybody: 'Show everybody',
  nobody: 'Nobody can be booked yet',
  nobodyUnder: 'Once a business publishes a provider, they appear here.',
  wrongPrice: 'Enter a price like 45 or 45.50.',
  nobodyHere: 'Nobody can be booked here yet',
  nobodyHereUnder: 'Come back later, or ask the business.',
  providers: 'Who can be booked',
  services: 'What can be booked',
  minutes: (n: number) => (n === 1 ? '1 minute' : `${n} minutes`),
  nothingOffered: 'Nothing is offered yet',
  nothingOfferedUnder: 'Come back later, or ask the business.',
  book: 'Book a time',
  timesIn: (zone: string) => `Times in ${zone}`,
  noTime: 'No free time',
  places: (n: number) => `${n} places`,
}

export type ProviderWords = typeof en

const de: ProviderWords = {
  title: 'Termin finden',
  under: 'Freie Zeiten, wie sie jetzt sind. Ohne Konto.',
  what: 'Name, Leistung oder Betrieb',
  search: 'Suchen',
  filters: 'Filter',
  service: 'Leistung',
  where: 'Wo',
  whereHint: 'Eine Stadt, ein Ort oder „online“.',
  online: 'Online',
  upTo: 'Kostet höchstens',
  currency: 'Währung',
  within: 'Frei innerhalb von',
  anyTime: 'egal wann',
  days: (n) => (n === 1 ? '24 Stunden' : `${n} Tagen`),
  clear: 'Filter aufheben',
  found: 'Wer gebucht werden kann',
  nextFree: 'Nächste freie Zeit',
  nothingSoon: 'In den nächsten Wochen nichts frei',
  from: (price) => `ab ${price}`,
  free: 'kostenlos',
  otherServices: (n) => (n === 1 ? 'und eine weitere Leistung' : `und ${n} weitere Leistungen`),
  more: 'Mehr anzeigen',
  noneFits: 'Dazu passt niemand',
  noneFitsUnder: 'Versuchen Sie weniger Buchstaben, einen höheren Preis oder eine spätere Zeit.',
  everybody: 'Alle anzeigen',
  nobody: 'Noch kann niemand gebucht werden',
  nobodyUnder: 'Sobald ein Betrieb einen Anbieter veröffentlicht, erscheint er hier.',
  wrongPrice: 'Geben Sie einen Preis wie 45 oder 45,50 an.',
  nobodyHere: 'Hier kann noch niemand gebucht werden',
  nobodyHereUnder: 'Kommen Sie später wieder, oder fragen Sie nach.',
  providers: 'Bei wem Sie buchen können',
  services: 'Was Sie buchen können',
  minutes: (n) => (n === 1 ? '1 Minute' : `${n} Minuten`),
  nothingOffered: 'Noch wird nichts angeboten',
  nothingOfferedUnder: 'Kommen Sie später wieder, oder fragen Sie nach.',
  book: 'Termin buchen',
  timesIn: (zone) => `Zeiten in ${zone}`,
  noTime: 'Nichts frei',
  places: (n) => `${n} Plätze`,
}

export const providerWords = { en, de }

type Known = { id: string; name: string; city: string }

/** Where somebody is to be found, in a line. */
export const placesIn = (places: readonly Known[], words: Pick<ProviderWords, 'online'>): string =>
  places
    .map(({ id, name, city }) =>
      id === 'online' ? words.online : city && city !== name ? `${name}, ${city}` : name,
    )
    .join(' · ')
