import type { Listing } from '../../plugins/market/domain/listing.ts'
import { buildSearches, type Search } from '../../plugins/market/domain/search.ts'
import type { SearchArea } from '../../plugins/market/domain/sightings.ts'
import { recordSightings, type SightingCounts } from '../../plugins/market/store/sightings.ts'
import type { QueryContext } from '../../plugins/market/store/query.ts'
import type { TestForecourt } from './forecourt.ts'
import { aListing, buildOwnCar } from './market.ts'

/** The time of day 0 of the sightings of a spec: sixty days ago. */
const DAY_0 = new Date(Date.now() - 60 * 86_400_000)

/** A number of days, or parts of a day, after day 0. */
export const day = (days: number): Date => new Date(DAY_0.getTime() + days * 86_400_000)

/** What a spec says about a search; the rest is as usual. */
export type AboutSearch = {
  complete?: boolean
  search?: Search
  area?: SearchArea | null
  own?: ReadonlySet<string>
  source?: string
}

/** The searches for an Accord of ours with 30,000 miles, narrowest first. */
export function getSearch(reach: Search['reach'] = 'near_miles'): Search {
  const search = buildSearches(buildOwnCar()).find((one) => one.reach === reach)
  if (!search) throw new Error(`There is no search ${reach}.`)
  return search
}

/** An Accord that has an ID of its own; the number makes its VIN. */
export const anAccord = (number: number, about: Partial<Listing> = {}): Listing =>
  aListing({
    vin: `1HGCV1F30MA${String(number).padStart(6, '0')}`,
    key: `listing ${number}`,
    ...about,
  })

/** Records what a search of a day found, in the transaction of `context`. */
export const recordIn = (
  context: QueryContext,
  days: number,
  listings: Listing[],
  {
    complete = true,
    search = getSearch(),
    area = null,
    own = new Set(),
    source = 'auto.dev',
  }: AboutSearch = {},
): Promise<SightingCounts> =>
  recordSightings(
    context,
    { search, found: { listings, complete, notes: [] } },
    { source, area, own, observedAt: day(days) },
  )

/** A transaction that a spec ends itself. */
export async function openTransaction({ payload }: TestForecourt): Promise<{
  context: QueryContext
  commit: () => Promise<void>
}> {
  const transactionID = await payload.db.beginTransaction()
  if (transactionID === null) throw new Error('The database began no transaction.')
  return {
    context: { payload, transactionID },
    commit: () => payload.db.commitTransaction(transactionID),
  }
}

/** Records what a search of a day found, and commits it. */
export async function record(
  forecourt: TestForecourt,
  days: number,
  listings: Listing[],
  about: AboutSearch = {},
): Promise<SightingCounts> {
  const { context, commit } = await openTransaction(forecourt)
  const counts = await recordIn(context, days, listings, about)
  await commit()
  return counts
}
