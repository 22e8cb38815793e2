import '@/server/events'
import { Refusal } from '@/server/core/errors'
import { definitionOf, jsonSchemaOf } from '@/server/core/events'
import { problem } from '@/server/problem'
import { correlationOf } from '@/server/request'

export async function GET(
  request: Request,
  { params }: { params: Promise<{ type: string }> },
): Promise<Response> {
  const definition = definitionOf((await params).type)
  if (!definition)
    return problem(new Refusal('not_found', 'event_type_unknown'), correlationOf(request.headers))
  return new Response(JSON.stringify(jsonSchemaOf(definition)), {
    headers: { 'content-type': 'application/schema+json', 'cache-control': 'public, max-age=3600' },
  })
}
