import type { PayloadRequest } from 'payload'

/**
 * The headers in which the server tells the rest of the product the id of a request and the address
 * that it came from. What a client sends under these names is overwritten; see
 * src/server/headers.ts.
 */
export const REQUEST_ID_HEADER = 'x-forecourt-request-id'
export const ADDRESS_HEADER = 'x-forecourt-address'

/** Where a request came from, as a line of the trail keeps it; null for what was not said. */
export type Origin = { address: string | null; userAgent: string | null; requestId: string | null }

const MAX_LENGTHS = { address: 64, userAgent: 500, requestId: 64 } as const

/** Where a request came from. Code that no request is behind came from nowhere. */
export function getOrigin({ headers }: { headers?: PayloadRequest['headers'] }): Origin {
  return {
    address: toPlainLine(headers?.get(ADDRESS_HEADER), MAX_LENGTHS.address),
    userAgent: toPlainLine(headers?.get('user-agent'), MAX_LENGTHS.userAgent),
    requestId: toPlainLine(headers?.get(REQUEST_ID_HEADER), MAX_LENGTHS.requestId),
  }
}

/** One line of text, so that nobody writes a second one. */
const toPlainLine = (value: string | null | undefined, max: number) =>
  value?.replaceAll(/\p{Cc}/gu, ' ').slice(0, max) || null
