import type { Plugin } from 'payload'
import { CompetitorInventory } from './collections/competitor-inventory.ts'
import { CompetitorMetrics } from './collections/competitor-metrics.ts'
import { CompetitorPriceHistory } from './collections/competitor-price-history.ts'
import { Competitors } from './collections/competitors.ts'

/** What other dealers sell, and for how much. */
export const scraping = (): Plugin => (config) => ({
  ...config,
  collections: [...(config.collections ?? []), Competitors, CompetitorInventory, CompetitorPriceHistory, CompetitorMetrics],
})
