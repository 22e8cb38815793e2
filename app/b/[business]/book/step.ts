import type { Form } from '@/server/forms'

const kept = ['service', 'provider', 'zone', 'day', 'place', 'seats', 'draft'] as const

/** The address of a step of the flow, as the form of the step before says what was chosen so far. */
export const stepFrom =
  (slug: string, form: Form) =>
  (change: Record<string, string>): string => {
    const chosen = Object.fromEntries(kept.map((name) => [name, form.get(name) ?? '']))
    const query = Object.entries({ ...chosen, ...change }).filter(([, value]) => value !== '')
    return `/b/${slug}/book?${new URLSearchParams(query)}`
  }
