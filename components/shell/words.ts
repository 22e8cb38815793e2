/** What the frames around all pages say. */
const en = {
  signIn: 'Sign in',
  signOut: 'Sign out',
  menu: 'Menu',
  switch: 'Switch business or role',
  places: 'Your businesses',
  openBusiness: 'Open a business',
  findTime: 'Find a time',
  start: 'Your start page',
  account: 'Your account',
  inbox: 'Inbox',
  bell: (unread: number) => (unread === 0 ? 'Inbox' : `Inbox, ${unread > 99 ? '99+' : unread} unread`),
  language: 'Language',
  forBusinesses: 'Offer your own times',
  roles: { owner: 'Owner', admin: 'Admin', provider: 'Provider' },
}

type ShellWords = typeof en

const de: ShellWords = {
  signIn: 'Anmelden',
  signOut: 'Abmelden',
  menu: 'Menü',
  switch: 'Betrieb oder Rolle wechseln',
  places: 'Ihre Betriebe',
  openBusiness: 'Betrieb eröffnen',
  findTime: 'Termin finden',
  start: 'Ihre Startseite',
  account: 'Ihr Konto',
  inbox: 'Posteingang',
  bell: (unread) => (unread === 0 ? 'Posteingang' : `Posteingang, ${unread > 99 ? '99+' : unread} ungelesen`),
  language: 'Sprache',
  forBusinesses: 'Eigene Zeiten anbieten',
  roles: { owner: 'Inhaber', admin: 'Verwaltung', provider: 'Anbieter' },
}

export const shellWords = { en, de }
