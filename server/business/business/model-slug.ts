const spelled: Record<string, string> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  å: 'a',
  '&': ' and ',
}

/** A name as an address: what is left of it in letters, digits and hyphens. */
export const slugFrom = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[äöüßæøå&]/g, (letter) => spelled[letter] ?? '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '')
