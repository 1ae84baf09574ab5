'use client'
import { Button, toast, useAuth, useConfig } from '@payloadcms/ui'
import { useRouter } from 'next/navigation.js'
import { formatAdminURL } from 'payload/shared'
import { useEffect, useState } from 'react'
import { findMessages } from '../errors/messages.ts'

/**
 * Ends the session, then redirects to the sign-in page. If the server refuses, shows the reason and
 * a button to try again.
 */
export function SignOut({ isSignedIn }: { isSignedIn: boolean }) {
  const { setUser } = useAuth()
  const { config } = useConfig()
  const router = useRouter()
  const [attempt, setAttempt] = useState(0)
  const [problem, setProblem] = useState<string | null>(null)
  const login = formatAdminURL({ adminRoute: config.routes.admin, path: '/login' })
  useEffect(() => {
    let isLeft = false
    const signOut = async () => {
      const found = isSignedIn ? await endSession(config.routes.api) : null
      if (isLeft) return
      setProblem(found)
      if (found !== null) return
      setUser(null)
      if (isSignedIn) toast.success('You are signed out.')
      router.replace(login)
    }
    void signOut()
    return () => {
      isLeft = true
    }
    // setUser and router change on every render: only a new attempt runs this again
  }, [attempt])
  if (problem === null) return <p role="status">Signing out…</p>
  return (
    <div role="alert">
      <h1>You are still signed in</h1>
      <p>{problem}</p>
      <Button onClick={() => setAttempt(attempt + 1)}>Try again</Button>
    </div>
  )
}

/** Why the session could not be ended; null if it has ended. */
async function endSession(api: string): Promise<string | null> {
  try {
    const response = await fetch(`${api}/users/logout`, { method: 'POST', credentials: 'include' })
    if (response.ok || !(await hasSession(api))) return null
    const [message] = findMessages(await response.json().catch(() => null))
    return message ?? `The server responded with status ${response.status}.`
  } catch {
    return 'The server did not respond. Check the connection, then try again.'
  }
}

/**
 * Whether the session is still active on the server. If this cannot be determined, it counts as
 * active.
 */
async function hasSession(api: string): Promise<boolean> {
  const response = await fetch(`${api}/users/me`, { credentials: 'include' })
  if (!response.ok) return response.status !== 401
  const body = (await response.json().catch(() => null)) as { user?: unknown } | null
  return body === null || Boolean(body.user)
}
