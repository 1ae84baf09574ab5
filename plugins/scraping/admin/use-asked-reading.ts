'use client'
import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import type { QueuedAnswer } from '../../../jobs/api-types.ts'
import { send } from '../../../src/admin/jobs/ask.ts'
import type { ReadingAnswer } from './answers.ts'

/** A reading that somebody asks for here: the job that it became until it is over, or why it did not become one. */
export type AskedReading = { jobId: string | null; isSending: boolean; problem: string | null; ask: () => void }

type Asked = { jobId: string; before: string | null }

/** Queues a reading of a competitor. It is over once there is a reading that has ended and that there was not before. */
export function useAskedReading(id: string, readings: readonly ReadingAnswer[], onQueued: () => void): AskedReading {
  const { config } = useConfig()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const last = readings.find(({ state }) => state !== 'fetching')?.id ?? null
  const ask = async () => {
    setSending(true)
    const said = await send<QueuedAnswer>(`${config.routes.api}/competitors/${id}/scrape`)
    setSending(false)
    setProblem('problem' in said ? said.problem : null)
    if ('problem' in said) return
    setAsked({ jobId: said.answer.jobId, before: last })
    onQueued()
  }
  const isOver = asked === null || asked.before !== last
  return { jobId: isOver ? null : asked.jobId, isSending, problem, ask: () => void ask() }
}
