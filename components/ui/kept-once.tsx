'use client'

import { useState } from 'react'

/** Drawn anew while it is being sent, a form keeps the name it had. */
export function KeptOnce({ name }: { name: string }) {
  const [kept] = useState(name)
  return <input type="hidden" name="once" value={kept} />
}
