import type { Payload } from 'payload'
import { TimeLimitExceeded, withTimeLimit } from '../../../src/egress/time-limit.ts'
import { analyzeCar } from '../domain/analysis.ts'
import type { Subject } from '../domain/listing.ts'
import {
  type DecodedVin,
  type MarketSource,
  SourceError,
  type VinSource,
} from '../domain/source.ts'
import { toComparableRows } from '../domain/stored-analysis.ts'
import type { MarketSettings } from '../options.ts'
import { computeSince, createSourcePace, fetchMarket } from '../tasks/fetch-market.ts'
import type { VinEvaluation } from './api-schemas.ts'

/** The time limit of an evaluation in milliseconds. */
const TIMEOUT_MS = 50_000

/** A VIN, and what is known about the car besides. A trim replaces the decoded one. */
export type VinRequest = {
  vin: string
  trim: string | null
  mileage: number | null
}

type EvaluationOptions = {
  /** What the VIN is known to be; null to decode it. */
  vehicle?: VinEvaluation['vehicle'] | null
  milliseconds?: number
}

/**
 * Decodes a VIN and searches for such cars; returns null if the source does not know the VIN.
 * Throws SourceError, also on a timeout.
 */
export async function evaluateVin(
  payload: Payload,
  settings: MarketSettings,
  source: VinSource,
  request: VinRequest,
  { vehicle: known = null, milliseconds = TIMEOUT_MS }: EvaluationOptions = {},
): Promise<VinEvaluation | null> {
  const pace = createSourcePace(payload, settings, source)
  const { vin } = request
  const evaluate = async (signal: AbortSignal): Promise<VinEvaluation | null> => {
    const acquireSlot = () => pace.acquireSlot(signal)
    const vehicle = known ?? (await source.decodeVin(vin, { signal, acquireSlot }))
    if (!vehicle) return null
    const subject = buildSubject(vehicle, request)
    const since = computeSince(settings, new Date())
    const options = { since, pace, signal }
    const market = subject && (await findMarket(payload, settings, source, subject, options))
    return { vehicle: { ...vehicle, vin }, market }
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
 * The used car with a clean title that a request describes; null if the VIN does not identify it.
 */
export function buildSubject(
  { year, make, model, trim, drivetrain, engine }: Omit<DecodedVin, 'vin'>,
  request: VinRequest,
): Subject | null {
  if (year === null || make === null || model === null) return null
  return {
    vin: request.vin,
    year,
    make,
    model,
    trim: request.trim ?? trim,
    drivetrain,
    engine,
    isNew: false,
    miles: request.mileage,
    branded: false,
  }
}

/** Finds the cars that a car is compared with, as for an analysis of a car of the lot. */
export async function findMarket(
  payload: Payload,
  settings: MarketSettings,
  source: MarketSource,
  subject: Subject,
  options: Parameters<typeof fetchMarket>[3],
): Promise<VinEvaluation['market']> {
  const { collected, options: comparison } = await fetchMarket(payload, source, subject, options)
  const { bands, currency } = settings
  const car = { ...subject, cents: 0 }
  const { tier, figures, leftOut, complete } = analyzeCar(car, collected, {
    ...comparison,
    bands,
    currency,
  })
  const searched = { tier: tier.name, leftOut }
  return figures && { comparables: toComparableRows(figures), searched, complete }
}
