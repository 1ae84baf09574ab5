export type {
  CarAnswer,
  DecisionAnswer,
  MetricsAnswer,
  MetricsHistoryAnswer,
  ScrapeRunAnswer,
  ScrapeRunsAnswer,
  StockAnswer,
  TestScrapeAnswer,
} from '../endpoints/api-schemas.ts'

/** The part of GET /api/competitors/:id that concerns health. */
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
