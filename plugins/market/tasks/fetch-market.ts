import type { Payload } from 'payload'
import { GiveUp, RetryLater } from '../../../jobs/outcomes.ts'
import { getPostgresAdapter } from '../../../src/database/transaction.ts'
import { type Pace, createPace } from '../adapters/pace.ts'
import { analyzeCar, type CollectedListings, hasEnoughCars } from '../domain/analysis.ts'
import { buildSearches } from '../domain/search.ts'
import { type MarketSource, SourceError } from '../domain/source.ts'
import type { MarketSettings } from '../options.ts'
import { type LotCar, loadOwnVins } from '../store/cars.ts'

/** Returns the time before which a listing is too old. */
export const computeSince = ({ recencyDays }: MarketSettings, now: Date): string =>
  new Date(now.getTime() - recencyDays * 86_400_000).toISOString()

/** Creates the pace of a source, identified by `source.name`. */
export const createSourcePace = (
  payload: Payload,
  { gapMs }: MarketSettings,
  source: MarketSource,
): Pace => createPace(getPostgresAdapter(payload).pool, source.name, gapMs)

type FetchOptions = { since: string; currency: string; pace: Pace; signal: AbortSignal }

/**
 * Searches a source for a car, narrowest search first, and widens the search while too few cars are
 * found. Returns the last search with its listings, and the VINs among them that are our own.
 */
export async function fetchMarket(
  payload: Payload,
  source: MarketSource,
  car: LotCar,
  { since, currency, pace, signal }: FetchOptions,
): Promise<{ gathered: CollectedListings; own: Set<string> }> {
  const [first, ...wider] = buildSearches(car)
  if (!first) throw new GiveUp('There is nothing to search for.')
  const runSearch = async (search: typeof first) => {
    const gathered = {
      search,
      found: await source.fetchListings(search, {
        signal,
        acquireSlot: () => pace.acquireSlot(signal),
      }),
    }
    const own = await loadOwnVins(
      { payload },
      gathered.found.listings.flatMap(({ vin }) => vin ?? []),
    )
    return { gathered, own }
  }
  let result = await runSearch(first)
  for (const search of wider) {
    if (hasEnoughCars(analyzeCar(car, result.gathered, { own: result.own, since, currency })))
      return result
    result = await runSearch(search)
  }
  return result
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
