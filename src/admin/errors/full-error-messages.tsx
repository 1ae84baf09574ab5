'use client'
import { toast } from '@payloadcms/ui'
import { isValidElement, type ReactNode, useEffect } from 'react'
import { findMessages } from './messages.ts'
import { ErrorList } from './error-list.tsx'

/**
 * Shows API errors in full, one line per field. Payload cuts a message at its first colon, treats
 * the commas after it as list separators, and shows only the first message. So the messages of each
 * rejected request are recorded, and its toast is replaced by one with all of them.
 */
export function FullErrorMessages({ children }: { children: ReactNode }) {
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
 * Calls `onRefusal` with the messages of every rejected request of the page before its caller sees
 * the response. Returns a function that stops it.
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
 * Replaces Payload's error toasts, one per message, with one toast that has all messages. Returns a
 * function that stops it.
 */
function replaceNotices(findAll: (message: string) => readonly string[]): () => void {
  const { error, promise } = toast
  const replace = (notice: ReactNode) => {
    const message = readMessage(notice)
    return message === null ? notice : <ErrorList messages={findAll(message)} />
  }
  toast.error = (notice, options) => {
    const message = typeof notice === 'function' ? null : readMessage(notice)
    if (message === null) return error(notice, options)
    const all = findAll(message)
    return all[0] === message ? error(<ErrorList messages={all} />, options) : ''
  }
  toast.promise = (work, options) => promise(work, options && { ...options, error: replace })
  return () => Object.assign(toast, { error, promise })
}

/** The message of a toast from Payload's form; null for any other toast. */
function readMessage(notice: ReactNode): string | null {
  if (!isValidElement<{ errorMessage?: unknown }>(notice)) return null
  const { errorMessage } = notice.props
  return typeof errorMessage === 'string' ? errorMessage : null
}
