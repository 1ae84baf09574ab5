'use client'
import { type ReactNode, useEffect } from 'react'

const RETRY_MS = 2_000
const MAX_RETRIES = 150

/**
 * Keeps the session during a database outage. The panel signs out on any response other than 200 to
 * a session renewal, but a 503 only means that the session could not be checked. Renewals that get
 * a 503 are repeated every two seconds, for up to five minutes.
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
    'The database is unavailable. Your session was not renewed; reload the page in a moment.',
  )
}

function isRenewal(input: RequestInfo | URL): boolean {
  const { pathname } = new URL(input instanceof Request ? input.url : input, window.location.href)
  return pathname.endsWith('/users/refresh-token')
}
