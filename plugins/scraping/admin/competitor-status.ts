import type { CompetitorStatus } from '../domain/health.ts'
import type { CompetitorAnswer } from './api-types.ts'

/** What a competitor's row says of its health. */
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
