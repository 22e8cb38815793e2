import { afterEach, expect, test, vi } from 'vitest'
import { ApiError, fetchIfChanged, remember } from './live-fetch'

afterEach(() => vi.unstubAllGlobals())

/** Serves one document by its ETag. */
function serve(document: { etag: string | null; data: unknown; status?: number }) {
  const asked: (string | null)[] = []
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    const tag = new Headers(init.headers).get('if-none-match')
    asked.push(tag)
    if (tag && tag === document.etag) return new Response(null, { status: 304 })
    return Response.json(document.data, {
      status: document.status ?? 200,
      headers: document.etag ? { etag: document.etag } : {},
    })
  })
  return asked
}

test('what did not change is the same object, and costs no body', async () => {
  const document = { etag: '"1"', data: { n: 1 } }
  const asked = serve(document)
  const first = await fetchIfChanged('/a')
  expect(await fetchIfChanged('/a')).toBe(first)
  document.etag = '"2"'
  document.data = { n: 2 }
  expect(await fetchIfChanged('/a')).toEqual({ n: 2 })
  expect(asked).toEqual([null, '"1"', '"1"'])
})

test('what a page came with is known', async () => {
  const data = { n: 1 }
  remember('/b', '"1"', data)
  serve({ etag: '"1"', data: { n: 'other' } })
  expect(await fetchIfChanged('/b')).toBe(data)
})

test('without an ETag nothing is kept', async () => {
  const asked = serve({ etag: null, data: { n: 1 } })
  await fetchIfChanged('/c')
  await fetchIfChanged('/c')
  expect(asked).toEqual([null, null])
})

test("a refusal is an error with the server's words, and what was known stays known", async () => {
  const document: Parameters<typeof serve>[0] = { etag: '"1"', data: { n: 1 } }
  serve(document)
  const first = await fetchIfChanged('/d')
  serve({ etag: null, data: { code: 'not_found', detail: 'It does not exist.' }, status: 404 })
  const refusal = await fetchIfChanged('/d').catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(ApiError)
  expect(refusal).toMatchObject({
    status: 404,
    message: 'It does not exist.',
    problem: { code: 'not_found' },
  })
  serve(document)
  expect(await fetchIfChanged('/d')).toBe(first)
})

test('the oldest are forgotten', async () => {
  for (let n = 0; n <= 200; n++) remember(`/e${n}`, '"1"', n)
  const asked = serve({ etag: '"1"', data: 'new' })
  expect(await fetchIfChanged('/e0')).toBe('new')
  expect(await fetchIfChanged('/e200')).toBe(200)
  expect(asked).toEqual([null, '"1"'])
})
