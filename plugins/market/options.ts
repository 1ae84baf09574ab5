import type { Payload } from 'payload'
import { US_DOLLAR } from '../../src/domain/money.ts'
import { type Schedule, getSchedule, type Settings } from '../../src/env.ts'
import type { CompetitorChanges } from './domain/competitor-change.ts'
import type { Period } from './domain/digest-time.ts'
import { createAutoDevSource, type AutoDevOptions } from './adapters/auto-dev/index.ts'
import type { Goal } from './domain/advice.ts'
import type { Position } from './domain/listing.ts'
import type { Search } from './domain/search.ts'
import type { FoundListings, MarketSource, VinSource } from './domain/source.ts'
import type { Bands } from './domain/verdict.ts'
import type { QueryContext } from './store/query.ts'

/**
 * Returns the competitors' unsold cars that match a search and were seen at `since` or later, and
 * whether these are all of them.
 */
export type CompetitorStock = (
  payload: Payload,
  search: Search,
  since: string,
) => Promise<Pick<FoundListings, 'listings' | 'complete'>>

/** Returns what competitors listed, repriced and sold in a period, in the given transaction. */
export type LoadCompetitorChanges = (
  context: QueryContext,
  period: Period,
) => Promise<CompetitorChanges>

/** The options of the market room. Without auto.dev and competitors' stock, nothing is analyzed. */
export type MarketOptions = {
  autoDev?: AutoDevOptions | undefined
  /** The currency of every price; the sources must offer cars in it. */
  currency?: string
  competitorStock?: CompetitorStock
  competitorChanges?: LoadCompetitorChanges
  /** For how many days a source may not have seen a listing that a car is compared with. */
  recencyDays?: number
  /** From which difference to the expected price on a price is off the market. */
  bands?: Bands
  /** What a suggested price aims for, unless it is asked for another goal. */
  goal?: Goal
  /** Where our lot is; null if unknown. */
  position?: Position | null
  /** The maximum number of cars per sweep. */
  sweepCars?: number
  /** The minimum time between two requests to a source across all processes. */
  gapMs?: number
  /** The retention of analyses, prices and sightings, in days. */
  keepDays?: {
    analyses: number
    prices: number
    sightings: number
  }
  research?: { schedule?: Schedule }
  cleanUp?: { schedule?: Schedule }
  pruneVinCache?: { schedule?: Schedule }
  /** The hour and the time zone of daily digests for managers who have not chosen their own. */
  digest?: {
    schedule?: Schedule
    sendHour: number
    timeZone: string
  }
}

/**
 * The resolved settings. `getSource` returns the source that includes the competitors' cars from
 * this Payload; null if there is none.
 */
export type MarketSettings = Required<Omit<MarketOptions, 'autoDev' | 'competitorStock'>> & {
  area: AutoDevOptions['area']
  vinSource: VinSource | null
  getSource: (payload: Payload, since: string) => MarketSource | null
}

const BANDS: Bands = { inLinePercent: 3, farPercent: 7 }
const NO_CHANGES: CompetitorChanges = {
  listed: { count: 0, cars: [] },
  repriced: { count: 0, cars: [] },
  sold: { count: 0, cars: [] },
}
const DAYS = { analyses: 90, prices: 180, sightings: 365 }

export function resolveMarketSettings({
  autoDev: access,
  competitorStock,
  ...options
}: MarketOptions): MarketSettings {
  const settings = {
    currency: US_DOLLAR,
    recencyDays: 90,
    bands: BANDS,
    goal: 'market' as const,
    position: null,
    sweepCars: 500,
    gapMs: 200,
    keepDays: DAYS,
    research: {},
    cleanUp: {},
    pruneVinCache: {},
    digest: { sendHour: 7, timeZone: 'UTC' },
    competitorChanges: () => Promise.resolve(NO_CHANGES),
    ...options,
  }
  const { recencyDays, sweepCars, gapMs, keepDays, bands } = settings
  const numbers: Record<string, number> = { recencyDays, sweepCars, gapMs, ...keepDays, ...bands }
  const wrong = Object.entries(numbers).find(([, value]) => !(value >= 0))
  if (wrong) throw new Error(`The market option ${wrong[0]} must be 0 or greater, not ${wrong[1]}.`)
  if (bands.farPercent < bands.inLinePercent)
    throw new Error(
      `The market option farPercent, ${bands.farPercent}, must not be less than inLinePercent, ` +
        `${bands.inLinePercent}.`,
    )
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

/** The name of the source that competitors' stock is. */
export const COMPETITORS = 'competitors'

const createCompetitorSource = (
  stock: CompetitorStock,
  payload: Payload,
  since: string,
): MarketSource => ({
  name: COMPETITORS,
  fetchListings: async (search) => ({ ...(await stock(payload, search, since)), notes: [] }),
})

/** Derives the options from the application settings. */
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
  currency: settings.CURRENCY,
  position: getLotPosition(settings),
  gapMs: settings.AUTODEV_GAP_MS,
  recencyDays: settings.MARKET_RECENCY_DAYS,
  bands: {
    inLinePercent: settings.MARKET_IN_LINE_PERCENT,
    farPercent: settings.MARKET_FAR_PERCENT,
  },
  goal: settings.MARKET_GOAL,
  sweepCars: settings.MARKET_SWEEP_CARS,
  research: getSchedule(settings, 'SCHEDULE_MARKET_RESEARCH'),
  cleanUp: getSchedule(settings, 'SCHEDULE_MARKET_CLEAN_UP'),
  pruneVinCache: getSchedule(settings, 'SCHEDULE_PRUNE_VIN_CACHE'),
  digest: {
    ...getSchedule(settings, 'SCHEDULE_MARKET_DIGEST'),
    sendHour: settings.MARKET_DIGEST_HOUR,
    timeZone: settings.SCHEDULE_TIME_ZONE,
  },
})

/** Returns where the lot is; the settings have both coordinates or neither. */
const getLotPosition = ({
  MARKET_LATITUDE: latitude,
  MARKET_LONGITUDE: longitude,
}: Settings): Position | null =>
  latitude === undefined || longitude === undefined ? null : { latitude, longitude }
