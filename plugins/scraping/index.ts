import type { Plugin } from 'payload'
import { withTasks } from '../../jobs/index.ts'
import { withTables } from '../../src/database/with-tables.ts'
import { withTimelineSource } from '../../src/lot/timeline-sources.ts'
import { CompetitorInventory } from './collections/competitor-inventory.ts'
import { CompetitorMetrics } from './collections/competitor-metrics.ts'
import { CompetitorPriceHistory } from './collections/competitor-price-history.ts'
import { Competitors } from './collections/competitors.ts'
import { withCarRoutes, withCompetitorRoutes } from './endpoints/index.ts'
import { resolveScrapingSettings, type ScrapingOptions } from './options.ts'
import { listVinEvents } from './store/vin-events.ts'
import { scrapeTables } from './tables.ts'
import { pruneScrapes } from './tasks/prune-scrapes.ts'
import { scrapeCompetitor } from './tasks/scrape-competitor.ts'
import { scrapeCompetitors } from './tasks/scrape-competitors.ts'

/** Inventories and prices of other dealers, scraped from their sites. */
export const scraping =
  (options: ScrapingOptions): Plugin =>
  (config) => {
    const settings = resolveScrapingSettings(options)
    const extended = withTimelineSource(config, async ({ payload }, { vin }) =>
      vin === '' ? [] : listVinEvents({ payload }, vin),
    )
    return {
      ...withTasks(withTables(extended, scrapeTables), [
        scrapeCompetitor(settings),
        scrapeCompetitors(settings),
        pruneScrapes(settings),
      ]),
      collections: [
        ...(config.collections ?? []),
        withCompetitorRoutes(Competitors, settings),
        withCarRoutes(CompetitorInventory),
        CompetitorPriceHistory,
        CompetitorMetrics,
      ],
    }
  }
