/** What the API of the room answers, as these screens read it. Instants are ISO 8601 in UTC, amounts are dollars. */

/** How often a reading changed what is known. */
type Changes = { new: number; sold: number; relisted: number; repriced: number; moved: number }

/** GET /api/competitors/:id, as far as health goes. */
export type CompetitorAnswer = {
  name: string
  active: boolean | null
  inventoryUrl: string
  lastScrapedAt?: string | null
  lastSuccessfulScrapeAt?: string | null
  scrapeErrorType?: string | null
  scrapeError?: string | null
}

/** GET /api/competitors/:id/runs: the latest readings, the last one first. */
export type ReadingsAnswer = { runs: ReadingAnswer[] }

/** One reading of a competitor. `pages` were read so far. */
export type ReadingAnswer = {
  id: string
  state: 'fetching' | 'applied' | 'failed' | 'quarantined' | 'discarded'
  platform: string | null
  startedAt: string
  endedAt: string | null
  found: number | null
  dropped: number | null
  announced: number | null
  complete: boolean | null
  changes: Changes | null
  errorType: string | null
  error: string | null
  pages: number
  decidedAt: string | null
}

/** POST /api/competitors/:id/runs/:run/accept and …/discard */
export type DecidedAnswer = { message: string; changes: Changes | null }

/** POST /api/competitors/:id/test */
export type TrialAnswer = {
  problem: { type: string; message: string } | null
  platform: string | null
  pages: number
  found: number
  announced: number | null
  dropped: { what: string; why: string }[]
  /** Of each field of the first car, what on the page gave it. */
  sources: Record<string, string>
  warnings: string[]
  rows: Record<string, string | number | null>[]
}

/** GET /api/competitors/:id/inventory */
export type StockAnswer = { docs: CarAnswer[]; total: number; page: number; limit: number }

/** A car that a competitor advertises, or did, with what was asked for it from when on. */
export type CarAnswer = {
  id: string
  title: string | null
  vin: string | null
  stockNumber: string | null
  price: number | null
  mileage: number | null
  url: string | null
  firstSeenAt: string | null
  lastSeenAt: string | null
  daysOnMarket: number | null
  isSold: boolean
  soldAt: string | null
  missingSince: string | null
  movedTo: string | null
  prices: { recordedAt: string; price: number }[]
}

/** GET /api/competitors/:id/metrics: the oldest first. */
export type FiguresAnswer = { metrics: FigureAnswer[] }

/** The figures of a competitor at one moment. */
export type FigureAnswer = {
  calculatedAt: string
  totalInventory: number
  avgPrice: number | null
  avgDaysOnMarket: number | null
  vehiclesSold30d: number
  priceChanges30d: number
  newListings30d: number
}
