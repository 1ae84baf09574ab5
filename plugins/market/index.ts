import type { CollectionConfig, Plugin, UnnamedTab } from 'payload'
import { withTasks } from '../../jobs/index.ts'
import { permissions } from '../../src/access/permissions.ts'
import { joinOf, tab } from '../../src/fields/layout.ts'
import { MarketAlertRules } from './collections/market-alert-rules.ts'
import { MarketPriceHistory } from './collections/market-price-history.ts'
import { MarketResearchResults } from './collections/market-research-results.ts'
import { VinEvaluationCache } from './collections/vin-evaluation-cache.ts'
import { analyse } from './endpoints/analyse.ts'
import { carMarket } from './endpoints/car-market.ts'
import { overview } from './endpoints/overview.ts'
import { vinEvaluation } from './endpoints/vin-evaluation.ts'
import { type MarketOptions, resolve } from './options.ts'
import { analyseVehicle } from './tasks/analyse-vehicle.ts'
import { cleanUpMarket } from './tasks/clean-up-market.ts'
import { noteNewPrice } from './tasks/note-new-price.ts'
import { pruneVinCache } from './tasks/prune-vin-cache.ts'
import { sweepMarket } from './tasks/sweep-market.ts'

const tables = [MarketResearchResults, MarketPriceHistory, VinEvaluationCache, MarketAlertRules]

/** What the market asks for cars like ours. A car of the lot shows its prices over time on a tab of its own. */
export const market =
  (options: MarketOptions = {}): Plugin =>
  (config) => {
    const settings = resolve(options)
    const tasks = [analyseVehicle, sweepMarket, cleanUpMarket].map((task) => task(settings))
    const dressed = (collection: CollectionConfig) =>
      collection.slug === 'inventory' ? withMarket(collection, [analyse(settings), carMarket]) : collection
    return {
      ...withTasks(config, [...tasks, pruneVinCache(settings.pruneVinCache)]),
      endpoints: [...(config.endpoints ?? []), vinEvaluation(settings), overview],
      collections: [...(config.collections ?? []).map(dressed), ...tables],
    }
  }

type Endpoints = Exclude<CollectionConfig['endpoints'], false | undefined>

function withMarket(inventory: CollectionConfig, endpoints: Endpoints): CollectionConfig {
  const fields = inventory.fields.map((field) =>
    field.type === 'tabs' ? { ...field, tabs: [...field.tabs, marketTab()] } : field,
  )
  const hooks = { ...inventory.hooks, afterChange: [...(inventory.hooks?.afterChange ?? []), noteNewPrice] }
  return { ...inventory, fields, hooks, endpoints: [...(inventory.endpoints || []), ...endpoints] }
}

function marketTab(): UnnamedTab {
  const columns = ['recordedAt', 'ourPrice', 'medianMarketPrice', 'minMarketPrice', 'sampleSize']
  const prices = joinOf('priceHistory', 'market-price-history', 'inventory', columns)
  return tab('Market', { ...prices, label: 'Prices over time', access: { read: permissions.isStaff } })
}
