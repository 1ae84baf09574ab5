import type { Payload } from 'payload'
import { centsToAmount } from '../../../src/domain/money.ts'
import { TimeLimitExceeded, withTimeLimit } from '../../../src/egress/time-limit.ts'
import { selectComparables } from '../domain/comparables.ts'
import { computeFigures } from '../domain/figures.ts'
import type { Subject } from '../domain/listing.ts'
import { buildTiers } from '../domain/search.ts'
import {
  type SourceRequest,
  type DecodedVin,
  SourceError,
  type VinSource,
} from '../domain/source.ts'
import { computeConfidence } from '../domain/verdict.ts'
import type { MarketSettings } from '../options.ts'
import { loadOwnVins } from '../store/cars.ts'
import { loadTrimNames } from '../store/trim-names.ts'
import { createSourcePace, computeSince } from '../tasks/fetch-market.ts'
import type { Evaluation } from './api-schemas.ts'

/** The time limit of an evaluation in milliseconds. */
const TIMEOUT_MS = 50_000

/**
 * Decodes a VIN and searches for such cars; returns null if the source does not know the VIN.
 * Throws SourceError, also on a timeout.
 */
export async function evaluateVin(
  payload: Payload,
  settings: MarketSettings,
  source: VinSource,
  vin: string,
  milliseconds = TIMEOUT_MS,
): Promise<Evaluation | null> {
  const pace = createSourcePace(payload, settings, source)
  const evaluate = async (signal: AbortSignal) => {
    const request: SourceRequest = { signal, acquireSlot: () => pace.acquireSlot(signal) }
    const vehicle = await source.decodeVin(vin, request)
    return (
      vehicle && {
        vehicle: { ...vehicle, vin },
        market: await fetchVinMarket(payload, settings, source, vehicle, request),
      }
    )
  }
  try {
    return await withTimeLimit({ milliseconds }, evaluate)
  } catch (cause) {
    if (!(cause instanceof TimeLimitExceeded)) throw cause
    throw new SourceError(
      'unavailable',
      `${source.name} did not respond in time to the request for VIN ${vin}.`,
      { cause },
    )
  }
}

/**
 * Finds the asking prices of cars with the same year, make and model and a clean title, at any
 * mileage.
 */
async function fetchVinMarket(
  payload: Payload,
  settings: MarketSettings,
  source: VinSource,
  { vin, year, make, model, trim, drivetrain, engine }: DecodedVin,
  request: SourceRequest,
): Promise<Evaluation['market']> {
  if (year === null || make === null || model === null) return null
  const subject: Subject = {
    vin,
    year,
    make,
    model,
    trim,
    drivetrain,
    engine,
    isNew: false,
    miles: null,
    branded: false,
  }
  const trimNames = await loadTrimNames({ payload }, make)
  const tier = buildTiers(subject, trimNames).find(({ name }) => name === 'all_trims')
  if (!tier) return null
  const { listings, complete } = await source.fetchListings(tier.search, request)
  const own = await loadOwnVins(
    { payload },
    listings.flatMap((listing) => listing.vin ?? []),
  )
  const { comparables } = selectComparables(subject, listings, tier, {
    own,
    since: computeSince(settings, new Date()),
    trimNames,
  })
  const figures = computeFigures(comparables, { year, miles: null }, tier)
  if (!figures) return null
  const { sampleSize, outliers, medianCents, minCents, maxCents } = figures
  const prices = {
    medianPrice: centsToAmount(medianCents),
    minPrice: centsToAmount(minCents),
    maxPrice: centsToAmount(maxCents),
  }
  return { sampleSize, outliers, ...prices, confidence: computeConfidence(figures), complete }
}
