const format = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'UTC',
})

/** By the server's clock: whoever looks here compares with its logs. */
export const momentOf = (at: string): string => `${format.format(new Date(at))} UTC`
