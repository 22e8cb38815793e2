import { type ServerResponse, STATUS_CODES } from 'node:http'

export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: string
  correlationId: string
}

/** What is refused before any route is asked. Routes word their own refusals. */
export function problem(status: number, code: string, detail: string, correlationId: string): Problem {
  return {
    type: `/errors/${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    code,
    correlationId,
  }
}

export function writeProblem(res: ServerResponse, body: Problem): void {
  const text = JSON.stringify(body)
  res.writeHead(body.status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  })
  res.write(text)
}

/** For a connection whose request could not even be parsed. */
export function rawProblem(body: Problem): string {
  const text = JSON.stringify(body)
  return [
    `HTTP/1.1 ${body.status} ${body.title}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
    '',
    text,
  ].join('\r\n')
}
