import type { Condition } from '../domain/health.ts'
import type { CompetitorAnswer } from './answers.ts'

/** What a competitor's row says of its health. */
export const conditionOf = ({ active, lastScrapedAt, scrapeErrorType, scrapeError }: CompetitorAnswer): Condition => ({
  active: active !== false,
  lastScrapedAt: lastScrapedAt ?? null,
  errorType: scrapeErrorType ?? null,
  error: scrapeError ?? null,
})
