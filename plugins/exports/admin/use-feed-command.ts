'use client'
import { useState } from 'react'
import { sendCommand } from '../../../src/admin/ui/api.ts'
import type { MessageAnswer } from './delivery-types.ts'

/** What the last command on a feed led to. `url` is a new secret address, to be copied now. */
export type CommandOutcome = {
  text: string
  isProblem: boolean
  url: string | null
}

/**
 * Sends commands on a feed, and keeps the outcome of the last one; null before the first. A test of
 * the connection that failed is a problem, too. Calls `onDone` after each.
 */
export function useFeedCommand(onDone: () => Promise<void>) {
  const [outcome, setOutcome] = useState<CommandOutcome | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const send = async (path: string, body: object = {}, method: 'POST' | 'PUT' = 'POST') => {
    setIsBusy(true)
    setOutcome({ text: 'One moment …', isProblem: false, url: null })
    const result = await sendCommand<MessageAnswer>(path, body, method)
    setOutcome(
      'problem' in result
        ? { text: result.problem, isProblem: true, url: null }
        : describeAnswer(result.answer),
    )
    setIsBusy(false)
    await onDone()
  }
  return { outcome, isBusy, send }
}

function describeAnswer({ ok, message = '', url, fingerprint }: MessageAnswer): CommandOutcome {
  if (url) return { text: NEW_ADDRESS, isProblem: false, url }
  const isNamed = !fingerprint || message.includes(fingerprint)
  const text = isNamed ? message : `${message} Fingerprint: ${fingerprint}`
  return { text, isProblem: ok === false, url: null }
}

const NEW_ADDRESS =
  'Give the receiver this address. It is shown only now, and an earlier one no longer works.'
