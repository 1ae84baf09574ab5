import type { PayloadRequest } from 'payload'

/**
 * The headers in which the server tells the rest of the product the id of a request and the address that it came from. What a client
 * sends under these names is overwritten; see src/server/headers.ts.
 */
export const REQUEST_ID_HEADER = 'x-forecourt-request-id'
export const ADDRESS_HEADER = 'x-forecourt-address'

/** Where a request came from, as a line of the trail keeps it; null for what was not said. */
export type Origin = { address: string | null; userAgent: string | null; requestId: string | null }

const MOST = { address: 64, userAgent: 500, requestId: 64 } as const

/** Where a request came from. Code that no request is behind came from nowhere. */
export function originOf({ headers }: { headers?: PayloadRequest['headers'] }): Origin {
  return {
    address: plain(headers?.get(ADDRESS_HEADER), MOST.address),
    userAgent: plain(headers?.get('user-agent'), MOST.userAgent),
    requestId: plain(headers?.get(REQUEST_ID_HEADER), MOST.requestId),
  }
}

/** One line of text, so that nobody writes a second one. */
const plain = (said: string | null | undefined, most: number) => said?.replaceAll(/\p{Cc}/gu, ' ').slice(0, most) || null
