'use client'
import { useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import type { RunAnswer } from '../../../jobs/api-types.ts'
import { openLine } from '../../../src/admin/jobs/live-line.ts'

/**
 * The attempts of one job as they go on, kept when the line tells of them no longer; none for null. `onNews` hears of each word of the
 * line, whatever job it is about.
 */
export function useJobRuns(jobId: string | null, onNews: () => void): readonly RunAnswer[] {
  const { config } = useConfig()
  const [runs, setRuns] = useState<readonly RunAnswer[]>([])
  const address = `${config.routes.api}/jobs/live`
  useEffect(
    () =>
      openLine(address, {
        runs: ({ runs: told }) => {
          const own = told.filter((run) => run.jobId === jobId)
          setRuns((earlier) => [...own, ...earlier.filter(({ id }) => !own.some((run) => run.id === id))])
          onNews()
        },
        state: () => undefined,
      }),
    [address, jobId, onNews],
  )
  return runs.filter((run) => run.jobId === jobId)
}
