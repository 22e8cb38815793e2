/** What the server said happened: which thing, at which version. Data is asked for, by those who show it. */
export type Hint = {
  type: string
  aggregateId: string
  version: number
  topics: readonly string[]
  /** Changes of a calendar say which time, so that it can be shown before the answer comes. */
  date?: string
  startTime?: string
  endTime?: string
  newStatus?: string
  slotId?: string | null
  seatsLeft?: number
}

/** Takes the text of an event stream as it arrives, in whatever pieces. */
export function frameReader(
  onEvent: (name: string, data: string) => void,
  onId: (id: string) => void,
): (text: string) => void {
  let rest = ''
  return (text) => {
    const blocks = (rest + text).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields: Record<string, string> = {}
      for (const line of block.split('\n')) {
        const at = line.indexOf(':')
        fields[line.slice(0, at)] = line.slice(at + 1).trimStart()
      }
      if (fields.id !== undefined) onId(fields.id)
      if (fields.data !== undefined) onEvent(fields.event ?? 'message', fields.data)
    }
  }
}
