import type { DroppedListing } from './pages.ts'
import { ScrapeFailure } from './scrape-failure.ts'

/**
 * The totals of a crawl. `listings` is the number of distinct cars. Of the `dropped` listings,
 * `held` match known cars, and `nameless` have no identity and may be any car. `announced` is the
 * number of cars that the site claims to have. `cut` is whether the crawl ended before the last
 * page; a string is the reason.
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
 * Returns why a crawl did not see every car, in one sentence; null if it did. A dropped listing
 * counts as seen only if it matches a known car. Without an announced total, one listing that may
 * be any car makes the crawl incomplete.
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
      `The site’s pages repeat or never end. ${listings} cars were read. No cars are ` +
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

/** Creates the failure of a run without any cars. */
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
