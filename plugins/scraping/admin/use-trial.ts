'use client'
import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import { type ApiResult, sendCommand } from '../../../src/admin/ui/api.ts'
import type { TrialAnswer } from './api-types.ts'

/** A test scrape requested here. `result` is null while it runs. */
export type TrialState = {
  isShown: boolean
  result: ApiResult<TrialAnswer> | null
  run: () => void
  close: () => void
}

const NO_TRIAL = { turn: 0, isShown: false, result: null }

/** Drops a response that arrives after a newer request or after the report was closed. */
export function useTrial(id: string): TrialState {
  const { config } = useConfig()
  const [trial, setTrial] = useState<{
    turn: number
    isShown: boolean
    result: TrialState['result']
  }>(NO_TRIAL)
  const run = async () => {
    const turn = trial.turn + 1
    setTrial({ turn, isShown: true, result: null })
    const result = await sendCommand<TrialAnswer>(`${config.routes.api}/competitors/${id}/test`)
    setTrial((now) => (now.turn === turn ? { ...now, result } : now))
  }
  const close = () => setTrial(({ turn }) => ({ ...NO_TRIAL, turn: turn + 1 }))
  return { isShown: trial.isShown, result: trial.result, run: () => void run(), close }
}
