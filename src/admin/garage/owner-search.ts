'use client'
import { useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'

/** An owner as far as whoever picks one has to know them. `auth0Sub` is what a row keeps. */
export type Owner = { id: string; auth0Sub: string; email: string; displayName?: string | null }

/**
 * What the server knows of the question that was asked last: still asking, the owners it found, or
 * why it could not say.
 */
export type OwnerSearch = { isLoading: boolean; owners: readonly Owner[]; problem?: string }

const IDLE: OwnerSearch = { isLoading: false, owners: [] }
const LOADING: OwnerSearch = { isLoading: true, owners: [] }

/**
 * Asks for active owners whose e-mail holds `text`, once the typing has paused. Asks nothing for
 * less than two characters.
 */
export function useOwnersByEmail(text: string): OwnerSearch {
  const term = text.trim()
  return useOwners(
    term.length < 2
      ? null
      : {
          'where[email][like]': term,
          'where[deactivatedAt][exists]': 'false',
          sort: 'email',
          limit: '10',
        },
    250,
  )
}

/** Asks who has this subject, active or not. Asks nothing while there is none. */
export function useOwnerBySubject(subject: string | null): OwnerSearch {
  return useOwners(subject === null ? null : { 'where[auth0Sub][equals]': subject, limit: '1' }, 0)
}

/** Asks the API, as whoever is signed in. An answer to an earlier question is dropped. */
function useOwners(query: Record<string, string> | null, pause: number): OwnerSearch {
  const { config } = useConfig()
  const [answer, setAnswer] = useState<{ to: string } & OwnerSearch>({ to: '', ...IDLE })
  const address =
    query &&
    `${config.routes.api}/user-profiles?${new URLSearchParams({ ...query, depth: '0' }).toString()}`
  useEffect(() => {
    if (!address) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      void fetchOwners(address, stop.signal).then((found) => {
        if (!stop.signal.aborted) setAnswer({ to: address, ...found })
      })
    }, pause)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [address, pause])
  if (!address) return IDLE
  return answer.to === address ? answer : LOADING
}

async function fetchOwners(address: string, signal: AbortSignal): Promise<OwnerSearch> {
  try {
    const response = await fetch(address, {
      credentials: 'same-origin',
      headers: { accept: 'application/json' },
      signal,
    })
    if (!response.ok)
      return buildFailedSearch(
        `The owners can’t be searched: the server answered with status ${response.status}.`,
      )
    const { docs } = (await response.json()) as { docs: Owner[] }
    return { isLoading: false, owners: docs }
  } catch {
    return buildFailedSearch('The server did not answer. Check the connection, then type again.')
  }
}

const buildFailedSearch = (problem: string): OwnerSearch => ({
  isLoading: false,
  owners: [],
  problem,
})
