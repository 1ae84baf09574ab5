import type { CompetitorStatus } from '../domain/health.ts'
import type { CompetitorAnswer } from './api-types.ts'

/** The health fields of a competitor's row. */
export const toCompetitorStatus = ({
  active,
  lastScrapedAt,
  scrapeErrorType,
  scrapeError,
}: CompetitorAnswer): CompetitorStatus => ({
  active: active !== false,
  lastScrapedAt: lastScrapedAt ?? null,
  errorType: scrapeErrorType ?? null,
  error: scrapeError ?? null,
})
