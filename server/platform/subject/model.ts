/** Of a person's key the log says only that it was destroyed. */
export type Subject = { erased: true }

export const evolveSubject = {
  'platform.subject.erased.v1': (): Subject => ({ erased: true }),
}
