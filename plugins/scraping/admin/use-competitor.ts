'use client'
import { useCallback, useState } from 'react'
import { useVersion } from '../../../src/admin/ui/clock.ts'
import { useApi } from '../../../src/admin/ui/use-api.ts'
import { type Health, computeHealth } from '../domain/health.ts'
import { toCompetitorStatus } from './competitor-status.ts'
import type { CompetitorAnswer, ScrapeRunAnswer, ScrapeRunsAnswer } from './api-types.ts'

/** The current state of a competitor. Null until the first response; `problem` says why. */
export type CompetitorView = {
  row: CompetitorAnswer | null
  runs: readonly ScrapeRunAnswer[] | null
  /** The last attempt, if it failed and will be retried. */
  lastTry: ScrapeRunsAnswer['lastTry'] | null
  health: Health | null
  problem: string | null
  /** Increases whenever there may be new data to fetch. */
  version: number
  /** Fetches again immediately. */
  refresh: () => void
  /** Signals that there may be new data; refetches soon, with a limit. */
  onUpdate: () => void
}

export function useCompetitor(id: string): CompetitorView {
  const [updates, setUpdates] = useState(0)
  const [version, refresh] = useVersion(updates)
  const onUpdate = useCallback(() => setUpdates((earlier) => earlier + 1), [])
  const { value: row, problem } = useApi<CompetitorAnswer>(
    `/competitors/${id}?depth=0&joins=false`,
    version,
  )
  const { value: runHistory, problem: historyProblem } = useApi<ScrapeRunsAnswer>(
    `/competitors/${id}/runs`,
    version,
  )
  const runs = runHistory?.runs ?? null
  const lastTry = runHistory?.lastTry?.state === 'failed' ? null : (runHistory?.lastTry ?? null)
  const health = row && runs && computeHealth(toCompetitorStatus(row), runs)
  return {
    row,
    runs,
    lastTry,
    health,
    problem: problem ?? historyProblem,
    version,
    refresh,
    onUpdate,
  }
}
