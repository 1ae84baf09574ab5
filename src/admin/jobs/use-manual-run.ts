'use client'
import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import type { JobAnswer, QueuedAnswer } from '../../../jobs/api-types.ts'
import { sendCommand } from '../ui/api.ts'

/**
 * The state of a manual run: whether its form is open, whether it is being sent, the queued job, or
 * the problem.
 */
export type ManualRun = {
  isOpen: boolean
  isSending: boolean
  jobId?: string
  problem?: string
  /** Opens or closes the form. */
  fold: () => void
  run: (input?: object) => void
}

const IDLE = { isOpen: false, isSending: false } as const

/** Runs a job manually. After an error, the form stays open with its values. */
export function useManualRun({ name }: JobAnswer, onQueued: () => void): ManualRun {
  const { config } = useConfig()
  const [state, setState] = useState<Omit<ManualRun, 'fold' | 'run'>>(IDLE)
  const startRun = async (input?: object) => {
    setState(({ isOpen }) => ({ isOpen, isSending: true }))
    const result = await sendCommand<QueuedAnswer>(
      `${config.routes.api}/jobs/${encodeURIComponent(name)}/run`,
      input && { input },
    )
    if ('problem' in result)
      return setState(({ isOpen }) => ({ isOpen, isSending: false, problem: result.problem }))
    setState({ ...IDLE, jobId: result.answer.jobId })
    onQueued()
  }
  const fold = () => setState(({ isOpen }) => ({ ...IDLE, isOpen: !isOpen }))
  return { ...state, fold, run: (input) => void startRun(input) }
}
