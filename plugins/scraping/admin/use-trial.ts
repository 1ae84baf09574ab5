'use client'
import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import { type Said, send } from '../../../src/admin/jobs/ask.ts'
import type { TrialAnswer } from './answers.ts'

/** A test scrape that somebody asks for here. `said` is null while it goes on. */
export type Trial = { isShown: boolean; said: Said<TrialAnswer> | null; run: () => void; close: () => void }

const NONE = { turn: 0, isShown: false, said: null }

/** An answer that comes after the next question, or after it was closed, is thrown away. */
export function useTrial(id: string): Trial {
  const { config } = useConfig()
  const [trial, setTrial] = useState<{ turn: number; isShown: boolean; said: Trial['said'] }>(NONE)
  const run = async () => {
    const turn = trial.turn + 1
    setTrial({ turn, isShown: true, said: null })
    const said = await send<TrialAnswer>(`${config.routes.api}/competitors/${id}/test`)
    setTrial((now) => (now.turn === turn ? { ...now, said } : now))
  }
  const close = () => setTrial(({ turn }) => ({ ...NONE, turn: turn + 1 }))
  return { isShown: trial.isShown, said: trial.said, run: () => void run(), close }
}
