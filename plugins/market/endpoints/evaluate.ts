import type { Payload } from 'payload'
import { comparablesOf } from '../domain/comparables.ts'
import { figuresOf } from '../domain/figures.ts'
import type { Subject } from '../domain/listing.ts'
import { searchesFor } from '../domain/search.ts'
import { type SourceRequest, type DecodedVin, SourceError, type VinSource } from '../domain/source.ts'
import { confidenceOf } from '../domain/verdict.ts'
import type { MarketSettings } from '../options.ts'
import { ownVins } from '../store.ts'
import { paceOfSource, sinceOf } from '../tasks/ask-market.ts'
import type { Evaluation } from './answers.ts'

/** The longest that a question about a VIN takes, in milliseconds. */
const PATIENCE_MS = 50_000

/** Reads a VIN and looks for such cars; null for a VIN that the source does not know. Throws SourceTrouble, also when it takes too long. */
export async function evaluate(
  payload: Payload,
  settings: MarketSettings,
  source: VinSource,
  vin: string,
  signal = AbortSignal.timeout(PATIENCE_MS),
): Promise<Evaluation | null> {
  const pace = paceOfSource(payload, settings, source)
  const context: SourceRequest = { signal, turn: () => pace.hold(signal) }
  try {
    const vehicle = await source.decode(vin, context)
    return vehicle && { vehicle: { ...vehicle, vin }, market: await marketOf(payload, settings, source, vehicle, context) }
  } catch (cause) {
    if (!signal.aborted) throw cause
    throw new SourceError('away', `${source.name} took too long to say what it knows of the VIN ${vin}.`, { cause })
  }
}

/** What is asked for cars of its year, make and model with clean titles, whatever their miles. */
async function marketOf(
  payload: Payload,
  settings: MarketSettings,
  source: VinSource,
  { vin, year, make, model }: DecodedVin,
  asking: SourceRequest,
): Promise<Evaluation['market']> {
  if (year === null || make === null || model === null) return null
  const subject: Subject = { vin, year, make, model, miles: null, branded: false }
  const [search] = searchesFor(subject)
  if (!search) return null
  const { listings, complete } = await source.listings(search, asking)
  const own = await ownVins(
    { payload },
    listings.flatMap((listing) => listing.vin ?? []),
  )
  const { comparables } = comparablesOf(subject, listings, search, { own, since: sinceOf(settings, new Date()) })
  const figures = figuresOf(comparables, null)
  if (!figures) return null
  const { sampleSize, outliers, medianCents, minCents, maxCents } = figures
  const prices = { medianPrice: medianCents / 100, minPrice: minCents / 100, maxPrice: maxCents / 100 }
  return { sampleSize, outliers, ...prices, confidence: confidenceOf(sampleSize), complete }
}
