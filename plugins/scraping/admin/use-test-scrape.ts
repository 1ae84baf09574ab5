'use client'
import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import { type ApiResult, sendCommand } from '../../../src/admin/ui/api.ts'
import type { TestScrapeAnswer } from './api-types.ts'

/** A test scrape requested here. `result` is null while it runs. */
export type TestScrapeState = {
  isShown: boolean
  result: ApiResult<TestScrapeAnswer> | null
  run: () => void
  close: () => void
}

const NO_TEST_SCRAPE = { turn: 0, isShown: false, result: null }

/** Drops a response that arrives after a newer request or after the report was closed. */
export function useTestScrape(id: string): TestScrapeState {
  const { config } = useConfig()
  const [testScrape, setTestScrape] = useState<{
    turn: number
    isShown: boolean
    result: TestScrapeState['result']
  }>(NO_TEST_SCRAPE)
  const run = async () => {
    const turn = testScrape.turn + 1
    setTestScrape({ turn, isShown: true, result: null })
    const result = await sendCommand<TestScrapeAnswer>(
      `${config.routes.api}/competitors/${id}/test`,
    )
    setTestScrape((now) => (now.turn === turn ? { ...now, result } : now))
  }
  const close = () => setTestScrape(({ turn }) => ({ ...NO_TEST_SCRAPE, turn: turn + 1 }))
  return { isShown: testScrape.isShown, result: testScrape.result, run: () => void run(), close }
}
