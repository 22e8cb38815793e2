/** How many digits of a currency stand behind the point. */
export const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/** A price as people type it, with a point or a comma, in minor units; null where it is none. */
export function parsePrice(text: string, currency: string): number | null {
  const typed = text.trim().replace(/[\s\u00a0']/g, '')
  if (typed === '') return 0
  const match = /^(\d{1,7})(?:[.,](\d+))?$/.exec(typed)
  const digits = digitsOf(currency)
  const [, whole = '', fraction = ''] = match ?? []
  if (!match || fraction.length > digits) return null
  return Number(whole) * 10 ** digits + Number(fraction.padEnd(digits, '0') || 0)
}

/** The same as it stands in a field. */
export const typedPrice = (amount: number, currency: string): string => {
  const digits = digitsOf(currency)
  return amount % 10 ** digits === 0 ? String(amount / 10 ** digits) : (amount / 10 ** digits).toFixed(digits)
}

export const shownPrice = (amount: number, currency: string, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount / 10 ** digitsOf(currency))
