import type { RequestHandler } from 'express'
import { bridge, type BridgeOptions } from './rest.ts'

/**
 * Payload's GraphQL API as an Express handler. Goes before the REST one, which would take its path. Its schema is built with the first
 * question: a start need not wait for it.
 */
export function graphql({ config, ...options }: BridgeOptions): RequestHandler {
  return bridge(options, async (request) => {
    const { GRAPHQL_POST } = await import('@payloadcms/next/routes')
    return GRAPHQL_POST(config)(request)
  })
}
