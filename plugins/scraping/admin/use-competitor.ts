'use client'
import { useCallback, useState } from 'react'
import { useVersion } from '../../../src/admin/jobs/clock.ts'
import { useAnswer } from '../../../src/admin/jobs/use-answer.ts'
import { type Health, healthOf } from '../domain/health.ts'
import { conditionOf } from './condition.ts'
import type { CompetitorAnswer, ReadingAnswer, ReadingsAnswer } from './answers.ts'

/** A competitor as it is now. What is null was never answered yet; `problem` says why. */
export type Competitor = {
  row: CompetitorAnswer | null
  readings: readonly ReadingAnswer[] | null
  /** The last try, where it failed and another one is to come. */
  lastTry: ReadingsAnswer['lastTry'] | null
  health: Health | null
  problem: string | null
  /** Goes up whenever there may be something new to ask for. */
  version: number
  /** Asks again at once. */
  askAgain: () => void
  /** Hears that there may be news; asks again soon, and not too often. */
  onNews: () => void
}

export function useCompetitor(id: string): Competitor {
  const [news, setNews] = useState(0)
  const [version, askAgain] = useVersion(news)
  const onNews = useCallback(() => setNews((earlier) => earlier + 1), [])
  const { value: row, problem } = useAnswer<CompetitorAnswer>(`/competitors/${id}?depth=0&joins=false`, version)
  const { value: kept, problem: none } = useAnswer<ReadingsAnswer>(`/competitors/${id}/runs`, version)
  const readings = kept?.runs ?? null
  const lastTry = kept?.lastTry?.state === 'given_up' ? null : (kept?.lastTry ?? null)
  const health = row && readings && healthOf(conditionOf(row), readings)
  return { row, readings, lastTry, health, problem: problem ?? none, version, askAgain, onNews }
}
