import { GRAPHQL_POST } from '@payloadcms/next/routes'
import type { RequestHandler } from 'express'
import { bridge, type BridgeOptions } from './rest.ts'

/** Payload's GraphQL API as an Express handler. Goes before the REST one, which would take its path. */
export function graphql({ config, ...options }: BridgeOptions): RequestHandler {
  return bridge(options, GRAPHQL_POST(config))
}
