import type { Payload } from 'payload'
import { type Schedule, getSchedule, type Settings } from '../../src/env.ts'
import { createAutoDevSource, type AutoDevOptions } from './adapters/auto-dev/index.ts'
import type { Search } from './domain/search.ts'
import type { FoundListings, MarketSource, VinSource } from './domain/source.ts'

/**
 * Cars of competitors that are for sale and that a search is about, seen at `since` or later; and
 * whether those are all.
 */
export type CompetitorStock = (
  payload: Payload,
  search: Search,
  since: string,
) => Promise<Pick<FoundListings, 'listings' | 'complete'>>

/**
 * What the room may be told. Without auto.dev and without a stock of competitors nothing is
 * analysed.
 */
export type MarketOptions = {
  autoDev?: AutoDevOptions | undefined
  competitorStock?: CompetitorStock
  /** A listing that was seen longer ago is compared with nothing. */
  recencyDays?: number
  /** How many cars one sweep takes on. */
  sweepCars?: number
  /** The least time between two questions to a source, over all processes. */
  gapMs?: number
  /** For how many days analyses and prices are kept. */
  keepDays?: { analyses: number; prices: number }
  research?: { schedule?: Schedule }
  cleanUp?: { schedule?: Schedule }
  pruneVinCache?: { schedule?: Schedule }
}

/**
 * Everything known. `source` is asked for with the Payload that has the competitors' cars; null
 * where there is none.
 */
export type MarketSettings = Required<Omit<MarketOptions, 'autoDev' | 'competitorStock'>> & {
  area: AutoDevOptions['area']
  vinSource: VinSource | null
  getSource: (payload: Payload, since: string) => MarketSource | null
}

const DAYS = { analyses: 90, prices: 180 }

export function resolveMarketSettings({
  autoDev: access,
  competitorStock,
  ...options
}: MarketOptions): MarketSettings {
  const settings = {
    recencyDays: 90,
    sweepCars: 500,
    gapMs: 200,
    keepDays: DAYS,
    research: {},
    cleanUp: {},
    pruneVinCache: {},
    ...options,
  }
  const { recencyDays, sweepCars, gapMs, keepDays } = settings
  const numbers: Record<string, number> = { recencyDays, sweepCars, gapMs, ...keepDays }
  const wrong = Object.entries(numbers).find(([, value]) => !(value >= 0))
  if (wrong) throw new Error(`The market option ${wrong[0]} must be 0 or greater, not ${wrong[1]}.`)
  const vinSource = access ? createAutoDevSource(access) : null
  return {
    ...settings,
    area: access?.area ?? null,
    vinSource,
    getSource: (payload, since) =>
      vinSource ??
      (competitorStock ? createCompetitorSource(competitorStock, payload, since) : null),
  }
}

const createCompetitorSource = (
  stock: CompetitorStock,
  payload: Payload,
  since: string,
): MarketSource => ({
  name: 'competitors',
  fetchListings: async (search) => ({ ...(await stock(payload, search, since)), notes: [] }),
})

/** What the settings of a start say of the market. */
export const buildMarketOptions = (settings: Settings): MarketOptions => ({
  autoDev: settings.AUTODEV_API_KEY
    ? {
        url: settings.AUTODEV_URL,
        key: settings.AUTODEV_API_KEY,
        area: settings.MARKET_ZIP
          ? { zip: settings.MARKET_ZIP, radiusMiles: settings.MARKET_RADIUS_MILES }
          : null,
      }
    : undefined,
  gapMs: settings.AUTODEV_GAP_MS,
  recencyDays: settings.MARKET_RECENCY_DAYS,
  sweepCars: settings.MARKET_SWEEP_CARS,
  research: getSchedule(settings, 'SCHEDULE_MARKET_RESEARCH'),
  cleanUp: getSchedule(settings, 'SCHEDULE_MARKET_CLEAN_UP'),
  pruneVinCache: getSchedule(settings, 'SCHEDULE_PRUNE_VIN_CACHE'),
})
