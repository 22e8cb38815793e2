type Address = { lines: string[]; postalCode: string; city: string }

/** As it stands on an envelope, without the name. */
export const addressLines = ({ lines, postalCode, city }: Address): string[] =>
  [...lines, [postalCode, city].filter(Boolean).join(' ')].filter(Boolean)
