import { formatCount } from '../../../src/domain/format-count.ts'
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
    return `${cut} ${formatReadCars(listings)} No cars are marked as sold.`
  if (cut)
    return (
      `The site’s pages repeat or never end. ${formatReadCars(listings)} No cars are ` +
      'marked as sold.'
    )
  if (announced !== null && listings + held < announced) {
    const unread = dropped > 0 ? ` ${formatListingCount(dropped)} could not be read.` : ''
    return (
      `The site reports ${formatCount(announced, 'car')}, but only ${listings + held} could be ` +
      `found.${unread} ${NOTHING_SOLD}`
    )
  }
  if (announced === null && nameless > 0)
    return `${formatListingCount(nameless)} could not be read or matched to a car. ${NOTHING_SOLD}`
  return null
}

const formatListingCount = (listings: number) => formatCount(listings, 'listing')

const formatReadCars = (cars: number) =>
  `${formatCount(cars, 'car')} ${cars === 1 ? 'was' : 'were'} read.`

/** States that none of the listings of a page could be read. */
export const formatUnreadListings = (listings: number): string =>
  listings === 1
    ? 'The only listing could not be read.'
    : `None of the ${listings} listings could be read.`

/** Creates the failure of a run without any cars. */
export function createNoCarsFailure(dropped: readonly DroppedListing[]): ScrapeFailure {
  if (dropped.length === 0)
    return new ScrapeFailure(
      'no_vehicles',
      'No cars were found on their pages. No cars are marked as sold.',
    )
  return new ScrapeFailure(
    'parse',
    `${formatUnreadListings(dropped.length)} The first one: ${dropped[0]?.why}`,
  )
}
