/** By the server's clock: whoever looks here compares with its logs. */
export const momentOf = (at: string, locale: string): string => {
  const format = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: 'UTC',
  })
  return `${format.format(new Date(at))} UTC`
}
