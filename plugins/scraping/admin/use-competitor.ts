'use client'
import { useCallback, useState } from 'react'
import { useVersion } from '../../../src/admin/jobs/clock.ts'
import { useApi } from '../../../src/admin/jobs/use-api.ts'
import { type Health, computeHealth } from '../domain/health.ts'
import { toCompetitorStatus } from './competitor-status.ts'
import type { CompetitorAnswer, ScrapeRunAnswer, ScrapeRunsAnswer } from './api-types.ts'

/** A competitor as it is now. What is null was never answered yet; `problem` says why. */
export type CompetitorView = {
  row: CompetitorAnswer | null
  runs: readonly ScrapeRunAnswer[] | null
  /** The last try, where it failed and another one is to come. */
  lastTry: ScrapeRunsAnswer['lastTry'] | null
  health: Health | null
  problem: string | null
  /** Goes up whenever there may be something new to ask for. */
  version: number
  /** Asks again at once. */
  refresh: () => void
  /** Hears that there may be news; asks again soon, and not too often. */
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
