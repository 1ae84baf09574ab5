import type { CollectionConfig, Plugin, UnnamedTab } from 'payload'
import { withTasks } from '../../jobs/index.ts'
import { permissions } from '../../src/access/permissions.ts'
import { joinOf, tab } from '../../src/fields/layout.ts'
import type { Schedule } from '../../src/env.ts'
import { MarketPriceHistory } from './collections/market-price-history.ts'
import { MarketResearchResults } from './collections/market-research-results.ts'
import { VinEvaluationCache } from './collections/vin-evaluation-cache.ts'
import { pruneVinCache } from './tasks/prune-vin-cache.ts'

/** What the room may be told: when it cleans its cache of VINs; never, where that is not said. */
export type MarketOptions = { pruneVinCache?: { schedule?: Schedule } }

/** What the market asks for cars like ours. A car of the lot shows its prices over time on a tab of its own. */
export const market =
  (options: MarketOptions = {}): Plugin =>
  (config) => ({
    ...withTasks(config, [pruneVinCache(options.pruneVinCache ?? {})]),
    collections: [
      ...(config.collections ?? []).map(withMarketTab),
      MarketResearchResults,
      MarketPriceHistory,
      VinEvaluationCache,
    ],
  })

function withMarketTab(collection: CollectionConfig): CollectionConfig {
  if (collection.slug !== 'inventory') return collection
  const fields = collection.fields.map((field) =>
    field.type === 'tabs' ? { ...field, tabs: [...field.tabs, marketTab()] } : field,
  )
  return { ...collection, fields }
}

function marketTab(): UnnamedTab {
  const columns = ['recordedAt', 'ourPrice', 'medianMarketPrice', 'minMarketPrice', 'sampleSize']
  const prices = joinOf('priceHistory', 'market-price-history', 'inventory', columns)
  return tab('Market', { ...prices, label: 'Prices over time', access: { read: permissions.isStaff } })
}
