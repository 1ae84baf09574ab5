import type { DroppedListing } from './pages.ts'
import { ScrapeFailure } from './scrape-failure.ts'

/**
 * What a walk over a site came to. `listings` are the cars that were read, each once; of those that
 * were `dropped`, `held` are known cars and `nameless` may be any. `announced` is how many cars the
 * site says it has; `cut`: it was ended before the last page; a text says why.
 */
export type CrawlTotals = {
  listings: number
  dropped: number
  held: number
  nameless: number
  announced: number | null
  cut: boolean | string
}

const NOTHING_SOLD = 'No cars are marked as sold.'

/**
 * Why a walk did not see everything, in a sentence; null when it did. A listing that could not be
 * read counts as seen only where it is a known car; without a total, one that may be any car is
 * enough to doubt all that are missing.
 */
export function findIncompleteReason({
  listings,
  dropped,
  held,
  nameless,
  announced,
  cut,
}: CrawlTotals): string | null {
  if (typeof cut === 'string')
    return `${cut} ${listings} cars were read. No cars are marked as sold.`
  if (cut)
    return (
      `The site’s pages never end or repeat. ${listings} cars were read. No cars are ` +
      'marked as sold.'
    )
  if (announced !== null && listings + held < announced) {
    const unread = dropped > 0 ? ` ${formatListingCount(dropped)} could not be read.` : ''
    return (
      `The site reports ${announced} cars, but ${listings + held} were found.${unread} ` +
      `${NOTHING_SOLD}`
    )
  }
  if (announced === null && nameless > 0)
    return `${formatListingCount(nameless)} could not be read or matched to a car. ${NOTHING_SOLD}`
  return null
}

const formatListingCount = (listings: number) =>
  `${listings} ${listings === 1 ? 'listing' : 'listings'}`

/** What a run failed for that found no car at all. */
export function createNoCarsFailure(dropped: readonly DroppedListing[]): ScrapeFailure {
  if (dropped.length === 0)
    return new ScrapeFailure(
      'no_vehicles',
      'No cars were found on their pages. No cars are marked as sold.',
    )
  return new ScrapeFailure(
    'parse',
    `None of the ${dropped.length} listings could be read. The first one: ${dropped[0]?.why}`,
  )
}
