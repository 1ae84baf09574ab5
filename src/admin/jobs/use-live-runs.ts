'use client'
import { useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import type { RunAnswer, RunsAnswer } from '../../../jobs/api-types.ts'
import { type LineState, openLine } from './live-line.ts'

/**
 * The runs under way and those that ended just now. `turns` counts up whenever one begins or ends, `skew` is how far the server's clock is
 * ahead.
 */
export type LiveRuns = { runs: readonly RunAnswer[]; state: LineState; turns: number; skew: number }

const SILENT: LiveRuns = { runs: [], state: 'opening', turns: 0, skew: 0 }

/** Listens to `/jobs/live` as long as the screen is open. */
export function useLiveRuns(): LiveRuns {
  const { config } = useConfig()
  const [live, setLive] = useState(SILENT)
  const address = `${config.routes.api}/jobs/live`
  useEffect(
    () =>
      openLine(address, {
        runs: (answer) => setLive((earlier) => heard(earlier, answer)),
        state: (state) => setLive((earlier) => ({ ...earlier, state })),
      }),
    [address],
  )
  return live
}

function heard(earlier: LiveRuns, { now, runs }: RunsAnswer): LiveRuns {
  const before = marks(earlier.runs)
  const turned = runs.some((run) => !before.has(mark(run))) || earlier.runs.some(({ id }) => !runs.some((run) => run.id === id))
  const skew = Date.parse(now) - Date.now()
  return { runs, state: 'live', turns: earlier.turns + (turned ? 1 : 0), skew }
}

const mark = ({ id, status }: RunAnswer) => `${id} ${status}`
const marks = (runs: readonly RunAnswer[]) => new Set(runs.map(mark))
