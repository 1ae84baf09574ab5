export type {
  CarAnswer,
  DecisionAnswer,
  MetricsAnswer,
  MetricsHistoryAnswer,
  ScrapeRunAnswer,
  ScrapeRunsAnswer,
  StockAnswer,
  TrialAnswer,
} from '../endpoints/api-schemas.ts'

/** GET /api/competitors/:id, as far as health goes. */
export type CompetitorAnswer = {
  name: string
  active: boolean | null
  inventoryUrl: string
  updatedAt: string
  lastScrapedAt?: string | null
  lastSuccessfulScrapeAt?: string | null
  scrapeErrorType?: string | null
  scrapeError?: string | null
}
