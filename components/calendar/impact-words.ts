/** What a change of hours or of a service would bring about, before it is saved. */
const en = {
  title: 'What this would change',
  look: 'See what this changes',
  nothing: 'Nothing changes in the times that can be booked.',
  gained: (n: number) => (n === 1 ? '1 time more' : `${n} times more`),
  lost: (n: number) => (n === 1 ? '1 time fewer' : `${n} times fewer`),
  until: (day: string) => `until ${day}`,
  same: 'no change',
  first: 'The first days that differ',
  more: 'more',
  fewer: 'fewer',
  others: (n: number) => (n === 1 ? 'and one more change' : `and ${n} more changes`),
  broken: (n: number) => (n === 1 ? '1 booking would no longer fit' : `${n} bookings would no longer fit`),
  stays: 'They stay booked. Move or cancel them where that is better.',
  why: {
    outside_hours: 'outside the hours',
    elsewhere: 'told another location',
    too_close: 'too close to the next',
  },
  somebody: 'Somebody',
  saveAll: 'Save all the same',
  confirm: 'Look at what would no longer fit, then save.',
  waits: 'Fill in both times of each pair to see what changes.',
}

export type ImpactWords = typeof en

const de: ImpactWords = {
  title: 'Was sich ändern würde',
  look: 'Zeigen, was sich ändert',
  nothing: 'An den buchbaren Zeiten ändert sich nichts.',
  gained: (n) => (n === 1 ? '1 Zeit mehr' : `${n} Zeiten mehr`),
  lost: (n) => (n === 1 ? '1 Zeit weniger' : `${n} Zeiten weniger`),
  until: (day) => `bis ${day}`,
  same: 'keine Änderung',
  first: 'Die ersten Tage, die sich unterscheiden',
  more: 'mehr',
  fewer: 'weniger',
  others: (n) => (n === 1 ? 'und eine weitere Änderung' : `und ${n} weitere Änderungen`),
  broken: (n) => (n === 1 ? '1 Buchung würde nicht mehr passen' : `${n} Buchungen würden nicht mehr passen`),
  stays: 'Sie bleiben gebucht. Verlegen oder stornieren Sie sie, wo das besser ist.',
  why: {
    outside_hours: 'außerhalb der Arbeitszeit',
    elsewhere: 'anderer Ort genannt',
    too_close: 'zu dicht an der nächsten',
  },
  somebody: 'Jemand',
  saveAll: 'Trotzdem speichern',
  confirm: 'Sehen Sie an, was nicht mehr passen würde, und speichern Sie dann.',
  waits: 'Füllen Sie bei jedem Paar beide Zeiten aus, um zu sehen, was sich ändert.',
}

export const impactWords: Record<'en' | 'de', ImpactWords> = { en, de }
