'use client'
import { toast } from '@payloadcms/ui'
import { isValidElement, type ReactNode, useEffect } from 'react'
import { findMessages } from './messages.ts'
import { RefusalList } from './refusal-list.tsx'

/**
 * Shows what the API refused as it was written, a line for each field. Payload cuts a message at
 * its first colon and takes the commas behind it for the ends of list entries, and shows the first
 * message alone. So the messages of each refused request are remembered here, and its notice is
 * replaced by all of them.
 */
export function WholeRefusals({ children }: { children: ReactNode }) {
  useEffect(() => {
    let latest: readonly string[] = []
    const stopListening = listenToRefusals((messages) => {
      latest = messages
    })
    const stopReplacing = replaceNotices((message) =>
      latest.includes(message) ? latest : [message],
    )
    return () => {
      stopReplacing()
      stopListening()
    }
  }, [])
  return children
}

/**
 * Calls `onRefusal` with the messages of every refused request of the page, before its caller sees
 * the response. Returns how to stop.
 */
function listenToRefusals(onRefusal: (messages: readonly string[]) => void): () => void {
  const { fetch } = window
  window.fetch = async (input, init) => {
    const response = await fetch(input, init)
    const isRefused =
      response.status >= 400 && response.headers.get('content-type')?.startsWith('application/json')
    if (isRefused) onRefusal(findMessages(await readJson(response.clone())))
    return response
  }
  return () => {
    window.fetch = fetch
  }
}

const readJson = (response: Response): Promise<unknown> => response.json().catch(() => null)

/**
 * Replaces Payload's notices of a refusal, one for each message, by one notice with all of them.
 * Returns how to stop.
 */
function replaceNotices(findAll: (message: string) => readonly string[]): () => void {
  const { error, promise } = toast
  const replace = (notice: ReactNode) => {
    const message = readMessage(notice)
    return message === null ? notice : <RefusalList messages={findAll(message)} />
  }
  toast.error = (notice, options) => {
    const message = typeof notice === 'function' ? null : readMessage(notice)
    if (message === null) return error(notice, options)
    const all = findAll(message)
    return all[0] === message ? error(<RefusalList messages={all} />, options) : ''
  }
  toast.promise = (work, options) => promise(work, options && { ...options, error: replace })
  return () => Object.assign(toast, { error, promise })
}

/** The message that a notice of Payload's form was made for; null for every other notice. */
function readMessage(notice: ReactNode): string | null {
  if (!isValidElement<{ errorMessage?: unknown }>(notice)) return null
  const { errorMessage } = notice.props
  return typeof errorMessage === 'string' ? errorMessage : null
}
