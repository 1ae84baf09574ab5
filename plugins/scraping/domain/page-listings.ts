import { type Draft, type Place, readListing, type Sources } from './listing-draft.ts'
import type { Dropped, Listing } from './pages.ts'

/** What a page's listings came to. */
export type PageListings = { listings: Listing[]; dropped: Dropped[]; sources: Sources }

/**
 * Reads the listings of one page; `unread` are those that were dropped before they were drafts. One that cannot be read is dropped;
 * where none of them can, the page is not what it was taken for. A car that stands on the page twice (for wide screens and for phones) is
 * one listing: the first, with what only the second says.
 */
export function readListings(
  drafts: readonly Draft[],
  place: Place,
  unread: readonly Dropped[] = [],
): PageListings | { problem: string } {
  const dropped = [...unread]
  const found: { listing: Listing; sources: Sources }[] = []
  for (const draft of drafts) {
    const read = readListing(draft, place)
    if ('why' in read) dropped.push(read)
    else found.push(read)
  }
  const [first] = dropped
  if (found.length === 0 && first !== undefined)
    return { problem: `None of the ${dropped.length} listings could be read. The first, ${first.what}: ${first.why}` }
  const listings = mergeTwins(found.map(({ listing }) => listing))
  return { listings, dropped, sources: found[0]?.sources ?? {} }
}

function mergeTwins(listings: readonly Listing[]): Listing[] {
  const byMark = new Map<string, number>()
  const cars: Listing[] = []
  for (const listing of listings) {
    const marks = marksOf(listing)
    const place = marks.flatMap((mark) => byMark.get(mark) ?? []).find((at) => isTwin(cars[at], listing))
    const twin = place === undefined ? undefined : cars[place]
    if (place !== undefined && twin) cars[place] = merge(twin, listing)
    else cars.push(listing)
    for (const mark of marks) if (!byMark.has(mark)) byMark.set(mark, place ?? cars.length - 1)
  }
  return cars
}

/** By the VIN, where both have one; else by the stock number, else by the address. What is missing is like nothing. */
function isTwin(one: Listing | undefined, other: Listing): boolean {
  const shared = (['vin', 'stockNumber', 'url'] as const).find((mark) => (one?.[mark] ?? null) !== null && other[mark] !== null)
  return shared !== undefined && one?.[shared] === other[shared]
}

function marksOf({ vin, stockNumber, url }: Listing): string[] {
  const marks = { vin, stockNumber, url }
  return Object.entries(marks).flatMap(([name, mark]) => (mark === null ? [] : [`${name} ${mark}`]))
}

function merge(first: Listing, second: Listing): Listing {
  const news = Object.fromEntries(Object.entries(second).filter(([field]) => first[field as keyof Listing] === null))
  return { ...first, ...news, raw: { ...second.raw, ...first.raw } }
}
