import type { CollectionConfig, Plugin, UIField, UnnamedTab } from 'payload'
import { withTasks } from '../../jobs/index.ts'
import { withTables } from '../../src/database/with-tables.ts'
import { permissions } from '../../src/access/permissions.ts'
import { joinField, tab } from '../../src/fields/layout.ts'
import { withScreen } from '../../src/fields/room-screen.ts'
import { MarketAlerts } from './collections/market-alerts.ts'
import { MarketDigests } from './collections/market-digests.ts'
import { MarketAlertRules } from './collections/market-alert-rules.ts'
import { MarketPriceHistory } from './collections/market-price-history.ts'
import { MarketResearchResults } from './collections/market-research-results.ts'
import { TrimNames } from './collections/trim-names.ts'
import { VinEvaluationCache } from './collections/vin-evaluation-cache.ts'
import { createAnalyzeEndpoint } from './endpoints/analyze.ts'
import { createCarMarketEndpoint } from './endpoints/car-market.ts'
import { createDecisionsEndpoint } from './endpoints/decisions.ts'
import { overview } from './endpoints/overview.ts'
import { createVinEvaluationEndpoint } from './endpoints/vin-evaluation.ts'
import { type MarketOptions, resolveMarketSettings } from './options.ts'
import { analyzeVehicle } from './tasks/analyze-vehicle.ts'
import { marketTables } from './tables.ts'
import { cleanUpMarket } from './tasks/clean-up-market.ts'
import { removeOutdatedAnalysis } from './tasks/remove-outdated-analysis.ts'
import { recordNewPrice } from './tasks/record-new-price.ts'
import { pruneVinCache } from './tasks/prune-vin-cache.ts'
import { sweepMarket } from './tasks/sweep-market.ts'

const admin = '/plugins/market/admin/'
const screen = {
  name: 'market',
  title: 'Market',
  view: `${admin}market-view.tsx#MarketView`,
  link: `${admin}market-link.tsx#MarketLink`,
}
const tables = [
  MarketResearchResults,
  MarketPriceHistory,
  VinEvaluationCache,
  MarketAlerts,
  MarketAlertRules,
  MarketDigests,
  TrimNames,
]

/**
 * Market prices of cars like ours. Each car on the lot shows its market position on its own tab;
 * the Market screen shows all cars.
 */
export const marketPlugin =
  (options: MarketOptions = {}): Plugin =>
  (config) => {
    const settings = resolveMarketSettings(options)
    const tasks = [analyzeVehicle, sweepMarket, cleanUpMarket].map((task) => task(settings))
    const hasSource = Boolean(options.autoDev ?? options.competitorStock)
    const decorate = (collection: CollectionConfig) =>
      collection.slug === 'inventory'
        ? withMarket(
            collection,
            [createAnalyzeEndpoint(settings), createCarMarketEndpoint(settings)],
            hasSource,
          )
        : collection
    return {
      ...withTasks(withTables(withScreen(config, screen), marketTables), [
        ...tasks,
        pruneVinCache(settings.pruneVinCache),
      ]),
      endpoints: [
        ...(config.endpoints ?? []),
        createVinEvaluationEndpoint(settings),
        overview,
        createDecisionsEndpoint(settings),
      ],
      collections: [...(config.collections ?? []).map(decorate), ...tables],
    }
  }

type Endpoints = Exclude<CollectionConfig['endpoints'], false | undefined>
function withMarket(
  inventory: CollectionConfig,
  endpoints: Endpoints,
  hasSource: boolean,
): CollectionConfig {
  const fields = inventory.fields.map((field) =>
    field.type === 'tabs' ? { ...field, tabs: [...field.tabs, buildMarketTab(hasSource)] } : field,
  )
  const hooks = {
    ...inventory.hooks,
    afterChange: [...(inventory.hooks?.afterChange ?? []), recordNewPrice, removeOutdatedAnalysis],
  }
  return { ...inventory, fields, hooks, endpoints: [...(inventory.endpoints || []), ...endpoints] }
}

/**
 * Builds the Market tab. The price history is available through the API; the screen shows it as a
 * chart.
 */
function buildMarketTab(hasSource: boolean): UnnamedTab {
  const prices = joinField('priceHistory', 'market-price-history', 'inventory', [])
  const Field = { path: `${admin}car-market.tsx#CarMarket`, clientProps: { hasSource } }
  const marketField: UIField = {
    type: 'ui',
    name: 'market',
    admin: { disableListColumn: true, components: { Field } },
  }
  return tab('Market', marketField, {
    ...prices,
    admin: { ...prices.admin, hidden: true },
    access: { read: permissions.isStaff },
  })
}
