'use client'
import { useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import { useApi } from '../ui/use-api.ts'

/** The fields of an owner that the picker needs. `auth0Sub` is the stored value. */
export type Owner = {
  id: string
  auth0Sub: string
  email: string
  displayName?: string | null
}

/** The state of the latest search: loading, the owners found, or a problem. */
export type OwnerSearch = {
  isLoading: boolean
  owners: readonly Owner[]
  problem?: string
}

const IDLE: OwnerSearch = { isLoading: false, owners: [] }
const LOADING: OwnerSearch = { isLoading: true, owners: [] }

/**
 * Searches active owners whose e-mail contains `text`, after a typing pause. Sends no request for
 * fewer than two characters.
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

/** Finds the owner with this subject, active or not. Sends no request for null. */
export function useOwnerBySubject(subject: string | null): OwnerSearch {
  return useOwners(subject === null ? null : { 'where[auth0Sub][equals]': subject, limit: '1' }, 0)
}

/** Whether there is no owner yet who could be picked; false until that is known. */
export function useHasNoOwners(): boolean {
  const { value } = useApi<{ totalDocs: number }>(
    '/user-profiles/count?where[deactivatedAt][exists]=false',
    0,
  )
  return value?.totalDocs === 0
}

/** Queries the API with the viewer's session. Drops the response to an earlier request. */
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
        `Could not search owners: the server responded with status ${response.status}.`,
      )
    const { docs } = (await response.json()) as { docs: Owner[] }
    return { isLoading: false, owners: docs }
  } catch {
    return buildFailedSearch('The server did not respond. Check the connection, then type again.')
  }
}

const buildFailedSearch = (problem: string): OwnerSearch => ({
  isLoading: false,
  owners: [],
  problem,
})
