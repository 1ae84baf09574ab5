'use client'
import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import type { JobAnswer, QueuedAnswer } from '../../../jobs/api-types.ts'
import { send } from './ask.ts'

/** A run by hand: whether its form is open, whether it is on its way, the job that it became, or why it did not become one. */
export type AskedRun = {
  isOpen: boolean
  isSending: boolean
  jobId?: string
  problem?: string
  /** Opens the form, or closes it. */
  fold: () => void
  run: (input?: object) => void
}

const QUIET = { isOpen: false, isSending: false } as const

/** Runs a job by hand. A refusal leaves the form open, as it was filled in. */
export function useAskedRun({ name }: JobAnswer, onQueued: () => void): AskedRun {
  const { config } = useConfig()
  const [asked, setAsked] = useState<Omit<AskedRun, 'fold' | 'run'>>(QUIET)
  const ask = async (input?: object) => {
    setAsked(({ isOpen }) => ({ isOpen, isSending: true }))
    const said = await send<QueuedAnswer>(`${config.routes.api}/jobs/${encodeURIComponent(name)}/run`, input && { input })
    if ('problem' in said) return setAsked(({ isOpen }) => ({ isOpen, isSending: false, problem: said.problem }))
    setAsked({ ...QUIET, jobId: said.answer.jobId })
    onQueued()
  }
  const fold = () => setAsked(({ isOpen }) => ({ ...QUIET, isOpen: !isOpen }))
  return { ...asked, fold, run: (input) => void ask(input) }
}
