export type Frame = { id: string | null; event: string; data: string; at: number }

export type OpenStream = {
  frames: Frame[]
  lastId: string | null
  status: number
  /** Settles when the server ends it, or it breaks. */
  ended: Promise<'ended' | 'broken'>
  close(): void
}

/** Reads server-sent events as a program would, with nothing but fetch. */
export async function openStream(
  url: string,
  headers: Record<string, string> = {},
  onFrame: (frame: Frame) => void = () => {},
): Promise<OpenStream> {
  const leave = new AbortController()
  const response = await fetch(url, { headers, signal: leave.signal })
  const stream: OpenStream = {
    frames: [],
    lastId: null,
    status: response.status,
    ended: Promise.resolve('ended'),
    close: () => leave.abort(),
  }
  stream.ended = read(response, stream, onFrame).then(
    () => 'ended' as const,
    () => 'broken' as const,
  )
  return stream
}

async function read(response: Response, stream: OpenStream, onFrame: (frame: Frame) => void): Promise<void> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of response.body ?? []) {
    rest += decoder.decode(chunk, { stream: true })
    const blocks = rest.split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) take(block, stream, onFrame)
  }
}

function take(block: string, stream: OpenStream, onFrame: (frame: Frame) => void): void {
  const field = (name: string) =>
    block
      .split('\n')
      .filter((line) => line.startsWith(`${name}: `))
      .map((line) => line.slice(name.length + 2))
  const id = field('id')[0] ?? null
  if (id) stream.lastId = id
  const data = field('data').join('\n')
  if (!data) return
  const frame = { id, event: field('event')[0] ?? 'message', data, at: Date.now() }
  stream.frames.push(frame)
  onFrame(frame)
}
