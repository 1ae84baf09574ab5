import type { Egress, EgressResponse } from './egress.ts'

/** The Fetch API as far as libraries use it for outgoing requests. */
export type WebFetch = (url: string | URL, init?: WebFetchInit) => Promise<Response>
type WebFetchInit = {
  method?: string
  headers?: HeadersInit
  body?: string | URLSearchParams
  redirect?: RequestRedirect
  signal?: AbortSignal
}

/**
 * Creates a `fetch` for libraries that expect the Fetch API, such as those for OpenID Connect. It
 * sends with `egress`, so the same limits apply. Throws EgressFailure and the signal's reason.
 */
export function createWebFetch(egress: Egress): WebFetch {
  const senders = {
    follow: egress.fetch.bind(egress),
    manual: egress.send.bind(egress),
    error: egress.sendDirectly.bind(egress),
  }
  return async (url, init = {}) => {
    const request = new Request(url, init)
    const { method, headers, redirect } = request
    if (method !== 'GET' && method !== 'POST')
      throw new TypeError(`Requests with the method ${method} are not supported.`)
    const body = method === 'POST' ? await request.text() : undefined
    const response = await senders[redirect]({
      url: request.url,
      method,
      headers: Object.fromEntries(headers),
      ...(body !== undefined && { body }),
      ...(init.signal && { signal: init.signal }),
    })
    return toWebResponse(response)
  }
}

/** The headers that describe the body as it was sent; ours is decoded. */
const TRANSFER_HEADERS: readonly string[] = ['content-encoding', 'content-length']
/** The statuses whose responses have no body (Fetch Standard, 2.2.3). */
const NULL_BODY_STATUSES: readonly number[] = [204, 205, 304]

function toWebResponse({ status, headers, body }: EgressResponse): Response {
  const kept = Object.entries(headers).filter(([name]) => !TRANSFER_HEADERS.includes(name))
  return new Response(NULL_BODY_STATUSES.includes(status) ? null : new Uint8Array(body), {
    status,
    headers: Object.fromEntries(kept),
  })
}
