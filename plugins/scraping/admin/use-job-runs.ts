'use client'
import { useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import type { RunAnswer } from '../../../jobs/api-types.ts'
import { openRunStream } from '../../../src/admin/jobs/run-stream.ts'

/**
 * The attempts of one job as they go on, kept when the line tells of them no longer; none for null.
 * `onNews` hears of each word of the line, whatever job it is about.
 */
export function useJobRuns(jobId: string | null, onUpdate: () => void): readonly RunAnswer[] {
  const { config } = useConfig()
  const [runs, setRuns] = useState<readonly RunAnswer[]>([])
  const address = `${config.routes.api}/jobs/live`
  useEffect(
    () =>
      openRunStream(address, {
        runs: ({ runs: received }) => {
          const own = received.filter((run) => run.jobId === jobId)
          setRuns((earlier) => [
            ...own,
            ...earlier.filter(({ id }) => !own.some((run) => run.id === id)),
          ])
          onUpdate()
        },
        state: () => undefined,
      }),
    [address, jobId, onUpdate],
  )
  return runs.filter((run) => run.jobId === jobId)
}
