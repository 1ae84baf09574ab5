import type { CollectionConfig, Plugin } from 'payload'
import { withTasks } from '../../jobs/index.ts'
import { withTables } from '../../src/database/with-tables.ts'
import { withScreen } from '../../src/fields/room-screen.ts'
import { withTimelineSource } from '../../src/lot/timeline-sources.ts'
import { MarketAlerts } from './collections/market-alerts.ts'
import { MarketDigests } from './collections/market-digests.ts'
import { MarketAlertRules } from './collections/market-alert-rules.ts'
import { MarketPriceHistory } from './collections/market-price-history.ts'
import { MarketResearchResults } from './collections/market-research-results.ts'
import { TrimNames } from './collections/market-trim-names.ts'
import { VinEvaluationCache } from './collections/vin-evaluation-cache.ts'
import { createAnalyzeEndpoint } from './endpoints/analyze.ts'
import { createCarMarketEndpoint } from './endpoints/car-market.ts'
import { createOverviewEndpoint } from './endpoints/overview.ts'
import { createDigestEndpoints } from './endpoints/digest.ts'
import { createSoldEndpoint, marketHistory } from './endpoints/market-sightings.ts'
import { createDecisionsEndpoint } from './endpoints/decisions.ts'
import { createVinEvaluationEndpoint } from './endpoints/vin-evaluation.ts'
import { createSubmissionMarketEndpoint } from './endpoints/submission-market.ts'
import { extendInventory } from './extend-inventory.ts'
import { extendSubmissions } from './extend-submissions.ts'
import { COMPETITORS, type MarketOptions, resolveMarketSettings } from './options.ts'
import { listVinEvents } from './store/vin-events.ts'
import { analyzeVehicle } from './tasks/analyze-vehicle.ts'
import { marketTables } from './tables.ts'
import { cleanUpMarket } from './tasks/clean-up-market.ts'
import { pruneVinCache } from './tasks/prune-vin-cache.ts'
import { sendMarketDigests } from './tasks/send-market-digests.ts'
import { sweepMarket } from './tasks/sweep-market.ts'

const admin = '/plugins/market/admin/'
const buildScreen = (hasVinSource: boolean) => ({
  name: 'market',
  title: 'Market',
  view: { path: `${admin}market-view.tsx#MarketView`, serverProps: { hasVinSource } },
  link: `${admin}market-link.tsx#MarketLink`,
})
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
    const tasks = [analyzeVehicle, sweepMarket, cleanUpMarket, sendMarketDigests].map((task) =>
      task(settings),
    )
    const screen = buildScreen(options.autoDev !== undefined)
    const hasSource = Boolean(options.autoDev ?? options.competitorStock)
    const decorate = (collection: CollectionConfig) => {
      if (collection.slug === 'pending-submissions')
        return extendSubmissions(collection, createSubmissionMarketEndpoint(settings))
      if (collection.slug !== 'inventory') return collection
      const endpoints = [createAnalyzeEndpoint(settings), createCarMarketEndpoint(settings)]
      return extendInventory(collection, endpoints, hasSource)
    }
    const extended = withTimelineSource(config, async ({ payload }, { vin }) =>
      vin === '' ? [] : listVinEvents({ payload }, vin, COMPETITORS),
    )
    return {
      ...withTasks(withTables(withScreen(extended, screen), marketTables), [
        ...tasks,
        pruneVinCache(settings.pruneVinCache),
      ]),
      endpoints: [
        ...(config.endpoints ?? []),
        createVinEvaluationEndpoint(settings),
        createOverviewEndpoint(settings),
        ...createDigestEndpoints(settings),
        marketHistory,
        createSoldEndpoint(settings),
        createDecisionsEndpoint(settings),
      ],
      collections: [...(config.collections ?? []).map(decorate), ...tables],
    }
  }
