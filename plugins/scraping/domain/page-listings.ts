import { formatUnreadListings } from './completeness.ts'
import { type Draft, type ListingContext, readListing, type Sources } from './listing-draft.ts'
import type { DroppedListing, Listing } from './pages.ts'

/** The parsed listings of a page. */
export type PageListings = {
  listings: Listing[]
  dropped: DroppedListing[]
  sources: Sources
}

/**
 * Parses the listings of one page; `unread` are those that were dropped before they became drafts.
 * Drops unreadable listings; if none can be read, the page is not of the expected kind. A car that
 * is on the page twice (for desktop and mobile) becomes one listing: the first, completed with
 * values of the second.
 */
export function readListings(
  drafts: readonly Draft[],
  context: ListingContext,
  unread: readonly DroppedListing[] = [],
): PageListings | { problem: string } {
  const dropped = [...unread]
  const found: { listing: Listing; sources: Sources }[] = []
  for (const draft of drafts) {
    const read = readListing(draft, context)
    if ('why' in read) dropped.push(read)
    else found.push(read)
  }
  const [first] = dropped
  if (found.length === 0 && first !== undefined)
    return {
      problem:
        `${formatUnreadListings(dropped.length)} The first, ${first.what}: ` + `${first.why}`,
    }
  const listings = mergeDuplicates(found.map(({ listing }) => listing))
  return { listings, dropped, sources: found[0]?.sources ?? {} }
}

function mergeDuplicates(listings: readonly Listing[]): Listing[] {
  const byKey = new Map<string, number>()
  const cars: Listing[] = []
  for (const listing of listings) {
    const keys = listMergeKeys(listing)
    const position = keys
      .flatMap((mark) => byKey.get(mark) ?? [])
      .find((at) => isDuplicate(cars[at], listing))
    const duplicate = position === undefined ? undefined : cars[position]
    if (position !== undefined && duplicate) cars[position] = mergeListings(duplicate, listing)
    else cars.push(listing)
    for (const mark of keys) if (!byKey.has(mark)) byKey.set(mark, position ?? cars.length - 1)
  }
  return cars
}

/**
 * Whether two listings are the same car: by VIN if both have one, else by stock number, else by
 * URL. A missing value matches nothing.
 */
function isDuplicate(one: Listing | undefined, other: Listing): boolean {
  const shared = (['vin', 'stockNumber', 'url'] as const).find(
    (key) => (one?.[key] ?? null) !== null && other[key] !== null,
  )
  return shared !== undefined && one?.[shared] === other[shared]
}

function listMergeKeys({ vin, stockNumber, url }: Listing): string[] {
  const identity = { vin, stockNumber, url }
  return Object.entries(identity).flatMap(([name, value]) =>
    value === null ? [] : [`${name} ${value}`],
  )
}

function mergeListings(first: Listing, second: Listing): Listing {
  const added = Object.fromEntries(
    Object.entries(second).filter(([field]) => first[field as keyof Listing] === null),
  )
  return { ...first, ...added, raw: { ...second.raw, ...first.raw } }
}
