'use client'
import { useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import type { RunAnswer, RunsAnswer } from '../../../jobs/api-types.ts'
import { type StreamState, openRunStream } from './run-stream.ts'

/**
 * The active and recently ended runs. `changeCount` increases whenever one starts or ends; `skew`
 * is how far the server's clock is ahead, in milliseconds.
 */
export type LiveRuns = {
  runs: readonly RunAnswer[]
  state: StreamState
  changeCount: number
  skew: number
}

const INITIAL: LiveRuns = { runs: [], state: 'opening', changeCount: 0, skew: 0 }

/** Follows `/jobs/live` while the screen is open. */
export function useLiveRuns(): LiveRuns {
  const { config } = useConfig()
  const [live, setLive] = useState(INITIAL)
  const address = `${config.routes.api}/jobs/live`
  useEffect(
    () =>
      openRunStream(address, {
        runs: (answer) => setLive((earlier) => applyAnswer(earlier, answer)),
        state: (state) => setLive((earlier) => ({ ...earlier, state })),
      }),
    [address],
  )
  return live
}

function applyAnswer(earlier: LiveRuns, { now, runs }: RunsAnswer): LiveRuns {
  const before = getRunKeys(earlier.runs)
  const hasChanged =
    runs.some((run) => !before.has(getRunKey(run))) ||
    earlier.runs.some(({ id }) => !runs.some((run) => run.id === id))
  const skew = Date.parse(now) - Date.now()
  return { runs, state: 'live', changeCount: earlier.changeCount + (hasChanged ? 1 : 0), skew }
}

const getRunKey = ({ id, status }: RunAnswer) => `${id} ${status}`
const getRunKeys = (runs: readonly RunAnswer[]) => new Set(runs.map(getRunKey))
