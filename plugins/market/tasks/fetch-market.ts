import type { Payload } from 'payload'
import { GiveUp, RetryLater } from '../../../jobs/outcomes.ts'
import { getPostgresAdapter } from '../../../src/database/transaction.ts'
import { type Pace, createPace } from '../adapters/pace.ts'
import { type CollectedListings, needsWiderSearch } from '../domain/analysis.ts'
import type { ComparisonOptions } from '../domain/comparables.ts'
import type { Subject } from '../domain/listing.ts'
import { buildSearches, type Search } from '../domain/search.ts'
import { type MarketSource, SourceError } from '../domain/source.ts'
import type { MarketSettings } from '../options.ts'
import { loadOwnVins } from '../store/cars.ts'
import { loadTrimNames } from '../store/trim-names.ts'

/** Returns the time from which on a source must have seen a listing. */
export const computeSince = ({ recencyDays }: MarketSettings, now: Date): string =>
  new Date(now.getTime() - recencyDays * 86_400_000).toISOString()

/** Creates the pace of a source, identified by `source.name`. */
export const createSourcePace = (
  payload: Payload,
  { gapMs }: MarketSettings,
  source: MarketSource,
): Pace => createPace(getPostgresAdapter(payload).pool, source.name, gapMs)

type FetchOptions = {
  since: string
  pace: Pace
  signal: AbortSignal
}

/** What a source has for a car, and by which criteria it is compared. */
export type CollectedMarket = { collected: CollectedListings[]; options: ComparisonOptions }

/**
 * Searches a source for a car, narrowest search first, and widens the search while a better sample
 * may be found: at most three times. Returns what each search found, the VINs among them that are
 * our own, and the names of trims.
 */
export async function fetchMarket(
  payload: Payload,
  source: MarketSource,
  car: Subject,
  { since, pace, signal }: FetchOptions,
): Promise<CollectedMarket> {
  const trimNames = await loadTrimNames({ payload }, car.make)
  const own = new Set<string>()
  const options: ComparisonOptions = { own, since, trimNames }
  const runSearch = async (search: Search): Promise<CollectedListings> => {
    const found = await source.fetchListings(search, {
      signal,
      acquireSlot: () => pace.acquireSlot(signal),
    })
    const vins = found.listings.flatMap(({ vin }) => vin ?? [])
    for (const vin of await loadOwnVins({ payload }, vins)) own.add(vin)
    return { search, found }
  }
  const collected: CollectedListings[] = []
  for (const search of buildSearches(car)) {
    collected.push(await runSearch(search))
    if (!needsWiderSearch(car, collected, options)) break
  }
  return { collected, options }
}

/**
 * Converts an error of a source for the job. Busy: pauses the source for all processes and retries
 * when it accepts requests again. Queued: retries at the time of the slot. Unavailable: retries
 * after a delay that doubles up to an hour. Rejected: fails permanently. Returns other errors
 * unchanged.
 */
export async function toJobError(error: unknown, pace: Pace, attempt: number): Promise<unknown> {
  if (!(error instanceof SourceError)) return error
  if (error.kind === 'rejected') return new GiveUp(error.message, { cause: error })
  if (error.kind === 'unavailable')
    return new RetryLater(error.message, {
      delay: Math.min(3_600, 30 * 2 ** Math.min(attempt - 1, 10)),
      cause: error,
    })
  const seconds = error.waitSeconds ?? 60
  if (error.kind === 'busy') await pace.pause(seconds)
  return new RetryLater(error.message, {
    delay: Math.ceil(seconds + Math.random() * 5),
    cause: error,
  })
}
