import type { PayloadRequest } from 'payload'

/**
 * The headers in which the server passes the ID and the client address of a request to the rest of
 * the product. It overwrites these headers if a client sends them; see src/server/headers.ts.
 */
export const REQUEST_ID_HEADER = 'x-forecourt-request-id'
export const ADDRESS_HEADER = 'x-forecourt-address'

/** The origin of a request, as an audit entry stores it; null for missing values. */
export type Origin = {
  address: string | null
  userAgent: string | null
  requestId: string | null
}

const MAX_LENGTHS = { address: 64, userAgent: 500, requestId: 64 } as const

/** The origin of a request. Code that runs without a request has none. */
export function getOrigin({ headers }: { headers?: PayloadRequest['headers'] }): Origin {
  return {
    address: toPlainLine(headers?.get(ADDRESS_HEADER), MAX_LENGTHS.address),
    userAgent: toPlainLine(headers?.get('user-agent'), MAX_LENGTHS.userAgent),
    requestId: toPlainLine(headers?.get(REQUEST_ID_HEADER), MAX_LENGTHS.requestId),
  }
}

/** One line of text, so that a client cannot forge a second line. */
const toPlainLine = (value: string | null | undefined, max: number) =>
  value?.replaceAll(/\p{Cc}/gu, ' ').slice(0, max) || null
