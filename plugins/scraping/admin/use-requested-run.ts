'use client'
import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import type { QueuedAnswer } from '../../../jobs/api-types.ts'
import { sendCommand } from '../../../src/admin/ui/api.ts'
import type { ScrapeRunAnswer } from './api-types.ts'

/** A run requested here: the queued job until it ends, or why it was not queued. */
export type RequestedRun = {
  jobId: string | null
  isSending: boolean
  problem: string | null
  request: () => void
}

type PendingJob = { jobId: string; previousRunId: string | null }

/** Queues a run of a competitor. It is over when a new run has ended. */
export function useRequestedRun(
  id: string,
  runs: readonly ScrapeRunAnswer[],
  onQueued: () => void,
): RequestedRun {
  const { config } = useConfig()
  const [pending, setPending] = useState<PendingJob | null>(null)
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const lastRunId = runs.find(({ state }) => state !== 'fetching')?.id ?? null
  const sendRequest = async () => {
    setSending(true)
    const result = await sendCommand<QueuedAnswer>(`${config.routes.api}/competitors/${id}/scrape`)
    setSending(false)
    setProblem('problem' in result ? result.problem : null)
    if ('problem' in result) return
    setPending({ jobId: result.answer.jobId, previousRunId: lastRunId })
    onQueued()
  }
  const isOver = pending === null || pending.previousRunId !== lastRunId
  return {
    jobId: isOver ? null : pending.jobId,
    isSending,
    problem,
    request: () => void sendRequest(),
  }
}
