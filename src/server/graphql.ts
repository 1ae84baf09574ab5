import type { RequestHandler } from 'express'
import { withLooks } from '../audit/looks.ts'
import { graphqlProblem } from './graphql-limits.ts'
import { refusal } from './refusal.ts'
import { bridge, type BridgeOptions } from './rest.ts'

/**
 * Payload's GraphQL API as an Express handler. Goes before the REST one, which would take its path. What is larger than
 * limits say is refused first. Its schema is built with the first question: a start need not wait for it.
 */
export function graphql({ config, ...options }: BridgeOptions): RequestHandler {
  return bridge(options, async (request) => {
    const { url, headers, signal } = request
    const isJson = headers.get('content-type')?.toLowerCase().startsWith('application/json')
    const body = isJson ? await request.text() : null
    const problem = body === null ? null : graphqlProblem(body)
    if (problem) return refusal(400, problem)
    const { GRAPHQL_POST } = await import('@payloadcms/next/routes')
    return withLooks(GRAPHQL_POST(config))(body === null ? request : new Request(url, { method: 'POST', headers, signal, body }))
  })
}
