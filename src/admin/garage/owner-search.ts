'use client'
import { useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'

/** An owner as far as whoever picks one has to know them. `auth0Sub` is what a row keeps. */
export type Owner = { id: string; auth0Sub: string; email: string; displayName?: string | null }

/** What the server knows of the question that was asked last: still asking, the owners it found, or why it could not say. */
export type Search = { asking: boolean; owners: readonly Owner[]; problem?: string }

const SILENT: Search = { asking: false, owners: [] }
const ASKING: Search = { asking: true, owners: [] }

/** Asks for active owners whose e-mail holds `text`, once the typing has paused. Asks nothing for less than two characters. */
export function useOwnersByEmail(text: string): Search {
  const said = text.trim()
  return useOwners(
    said.length < 2 ? null : { 'where[email][like]': said, 'where[deactivatedAt][exists]': 'false', sort: 'email', limit: '10' },
    250,
  )
}

/** Asks who has this subject, active or not. Asks nothing while there is none. */
export function useOwnerOf(subject: string | null): Search {
  return useOwners(subject === null ? null : { 'where[auth0Sub][equals]': subject, limit: '1' }, 0)
}

/** Asks the API, as whoever is signed in. An answer to an earlier question is dropped. */
function useOwners(query: Record<string, string> | null, pause: number): Search {
  const { config } = useConfig()
  const [answer, setAnswer] = useState<{ to: string } & Search>({ to: '', ...SILENT })
  const question = query && `${config.routes.api}/user-profiles?${new URLSearchParams({ ...query, depth: '0' }).toString()}`
  useEffect(() => {
    if (!question) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      void askOwners(question, stop.signal).then((found) => {
        if (!stop.signal.aborted) setAnswer({ to: question, ...found })
      })
    }, pause)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [question, pause])
  if (!question) return SILENT
  return answer.to === question ? answer : ASKING
}

async function askOwners(question: string, signal: AbortSignal): Promise<Search> {
  try {
    const response = await fetch(question, { credentials: 'same-origin', headers: { accept: 'application/json' }, signal })
    if (!response.ok) return refused(`The owners can’t be searched: the server answered with status ${response.status}.`)
    const { docs } = (await response.json()) as { docs: Owner[] }
    return { asking: false, owners: docs }
  } catch {
    return refused('The server did not answer. Check the connection, then type again.')
  }
}

const refused = (problem: string): Search => ({ asking: false, owners: [], problem })
