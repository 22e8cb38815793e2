import { refuse } from './errors'

/** A noun's life as one table. `can` and `whyNot` serve buttons, `next` serves verbs: one truth. */
export type Transitions<S extends string, A extends string> = {
  can(state: S, action: A): boolean
  whyNot(state: S, action: A): WrongState<S, A> | null
  next(state: S, action: A): S
}

export type WrongState<S extends string, A extends string> = {
  code: 'wrong_state'
  data: { state: S; action: A; allowedFrom: readonly S[] }
}

export function transitions<S extends string, A extends string>(
  table: Record<A, { from: readonly S[]; to: S }>,
): Transitions<S, A> {
  const whyNot = (state: S, action: A): WrongState<S, A> | null =>
    table[action].from.includes(state)
      ? null
      : { code: 'wrong_state', data: { state, action, allowedFrom: table[action].from } }
  return {
    can: (state, action) => whyNot(state, action) === null,
    whyNot,
    next(state, action) {
      const reason = whyNot(state, action)
      if (reason) refuse('conflict', reason.code, reason.data)
      return table[action].to
    },
  }
}
