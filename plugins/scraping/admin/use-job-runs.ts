'use client'
import { useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import type { RunAnswer } from '../../../jobs/api-types.ts'
import { openRunStream } from '../../../src/admin/ui/run-stream.ts'

/**
 * The live attempts of one job, kept after the stream drops them; empty for null. `onUpdate` is
 * called for every event of the stream, of any job.
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
