'use client'
import { type ReactNode, useEffect } from 'react'

const RETRY_MS = 2_000
const MAX_RETRIES = 150

/**
 * Keeps the session during a database outage. The panel signs out on any answer but 200 to a
 * renewal of its session; a 503 only means that the session could not be checked. So a renewal that
 * is answered 503 is repeated every two seconds, for five minutes at most.
 */
export function SessionKeeper({ children }: { children: ReactNode }) {
  useEffect(() => {
    const { fetch } = window
    window.fetch = async (input, init) => {
      const send = () => fetch(input, init)
      return isRenewal(input) ? renewSession(send) : send()
    }
    return () => {
      window.fetch = fetch
    }
  }, [])
  return children
}

async function renewSession(send: () => Promise<Response>): Promise<Response> {
  for (let retries = 0; retries < MAX_RETRIES; retries++) {
    const response = await send()
    if (response.status !== 503) return response
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
  }
  throw new Error(
    'The database is not available. Your session was not renewed; reload the page in a moment.',
  )
}

function isRenewal(input: RequestInfo | URL): boolean {
  const { pathname } = new URL(input instanceof Request ? input.url : input, window.location.href)
  return pathname.endsWith('/users/refresh-token')
}
