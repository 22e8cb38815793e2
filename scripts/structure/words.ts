export const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** A name as kebab-case spells it. */
export const spelled = (name: string) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[_\s]+/g, '-')
    .toLowerCase()

export const homes =
  'Pure rules and schemas go to model-*.ts, reads to queries.ts, what runs in a transaction that is open to capabilities.ts, mechanics without domain to server/core'
