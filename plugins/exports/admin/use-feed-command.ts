'use client'
import { useCallback, useState } from 'react'
import { sendCommand } from '../../../src/admin/ui/api.ts'
import type { MessageAnswer } from './delivery-types.ts'

/** What the last command on a feed led to. `url` is a new secret address, to be copied now. */
export type CommandOutcome = {
  text: string
  isProblem: boolean
  url: string | null
  /** Whether it only says that a delivery is queued. */
  isQueued: boolean
}

/**
 * Sends commands on a feed, and keeps the outcome of the last one; null before the first. A test of
 * the connection that failed is a problem, too. Calls `onDone` after each. `clearQueued` removes
 * the outcome of a delivery that was queued.
 */
export function useFeedCommand(onDone: () => Promise<void>) {
  const [outcome, setOutcome] = useState<CommandOutcome | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const send = async (path: string, body: object = {}, method: 'POST' | 'PUT' = 'POST') => {
    setIsBusy(true)
    setOutcome({ ...NOTHING, text: 'One moment …' })
    const result = await sendCommand<MessageAnswer>(path, body, method)
    setOutcome(
      'problem' in result
        ? { ...NOTHING, text: result.problem, isProblem: true }
        : describeAnswer(result.answer),
    )
    setIsBusy(false)
    await onDone()
  }
  const clearQueued = useCallback(() => setOutcome((shown) => (shown?.isQueued ? null : shown)), [])
  return { outcome, isBusy, send, clearQueued }
}

function describeAnswer(answer: MessageAnswer): CommandOutcome {
  const { ok, message = '', url, fingerprint, jobId } = answer
  if (url) return { ...NOTHING, text: NEW_ADDRESS, url }
  const isNamed = !fingerprint || message.includes(fingerprint)
  const text = isNamed ? message : `${message} Fingerprint: ${fingerprint}`
  return { ...NOTHING, text, isProblem: ok === false, isQueued: jobId !== undefined }
}

const NOTHING = { isProblem: false, url: null, isQueued: false }
const NEW_ADDRESS =
  'Give the receiver this address. It is shown only now, and an earlier one no longer works.'
