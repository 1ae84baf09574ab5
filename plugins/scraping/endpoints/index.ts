import type { CollectionConfig } from 'payload'
import { withCollectionEndpoints } from '../../../src/api/with-endpoints.ts'
import type { ScrapingSettings } from '../options.ts'
import { acceptQuarantined, discardQuarantined, listRuns } from './runs.ts'
import { listCompetitorSales } from './sales.ts'
import { scrapeNow } from './scrape-now.ts'
import { listMetrics, listPriceHistory, listStock } from './stock.ts'
import { testScrape } from './test-scrape.ts'

/** Adds the API of a competitor's inventory and runs under /api/competitors/:id. */
export const withCompetitorRoutes = (
  competitors: CollectionConfig,
  settings: ScrapingSettings,
): CollectionConfig =>
  withCollectionEndpoints(competitors, [
    scrapeNow,
    testScrape(settings),
    listStock,
    listCompetitorSales,
    listMetrics,
    listRuns,
    acceptQuarantined(settings),
    discardQuarantined,
  ])

/** Adds the API of a competitor's car under /api/competitor-inventory/:id. */
export const withCarRoutes = (cars: CollectionConfig): CollectionConfig =>
  withCollectionEndpoints(cars, [listPriceHistory])
